import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { propertyRuns } from '@hengjian/contract/testing/property-runs.ts';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { openFrameFile } from './frame-file.ts';
import { sortLines } from './sort-lines.ts';

const directory = mkdtempSync(join(tmpdir(), 'hengjian-frames-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

function fileOf(content: string | Buffer): string {
  const path = join(directory, 'frame.tsv');
  writeFileSync(path, content);
  return path;
}

async function linesOf(content: string | Buffer): Promise<string[]> {
  const source = await openFrameFile(fileOf(content));
  return (await Array.fromAsync(source.batches())).flat().map(String);
}

test('rows come as they are, the last with or without LF, across the blocks of reading', async () => {
  expect(await linesOf('id\ttier\n2\tA\n1\tB')).toEqual(['2\tA', '1\tB']);
  expect(await linesOf('id\ttier\n2\t\n')).toEqual(['2\t']);
  const rows = Array.from({ length: 120_000 }, (_, index) => `${index}企业\tA`);
  expect(await linesOf(`id\ttier\n${rows.join('\n')}\n`)).toEqual(rows);
});

test.each<[string, string | Buffer, RegExp]>([
  ['nothing', '', /is empty/],
  ['a byte order mark', '\ufeffid\ttier\n', /byte order mark/],
  ['another first column', 'name\ttier\n', /first column .* must be id/],
  ['no tier', 'id\tname\n', /no column tier/],
  ['a column twice', 'id\ttier\tsalt\tsalt\n', /two columns named “salt”/],
  ['too few fields', 'id\ttier\n1\tA\n2\n', /line 3, has 1 fields where the header names 2/],
  ['too many fields', 'id\ttier\n1\tA\tx\n', /line 2, has 3 fields/],
  ['an empty line', 'id\ttier\n1\tA\n\n2\tA\n', /line 3, is empty/],
  ['Windows line ends', 'id\ttier\n1\tA\r\n', /line 2, holds a CR/],
  [
    'GB 18030 bytes',
    Buffer.concat([Buffer.from('id\ttier\n1\tA\n'), Buffer.from([0xd0, 0xc2, 0x09, 0x41, 0x0a])]),
    /line 3, is not UTF-8/,
  ],
])('refuses %s in one sentence', async (_, content, sentence) => {
  await expect(linesOf(content)).rejects.toThrow(sentence);
});

test('refuses a file that is not there, or a directory', async () => {
  await expect(openFrameFile(join(directory, 'none.tsv'))).rejects.toThrow(/cannot be read/);
  await expect(openFrameFile(directory)).rejects.toThrow(/cannot be read/);
});

test('sorting through temporary files gives what sorting in memory gives: bytewise by id', async () => {
  const id = fc.string({ unit: 'binary', minLength: 1, maxLength: 6 }).filter((text) => !/[\t\n\r]/.test(text));
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(id, { maxLength: 60 }), fc.integer({ min: 1, max: 200 }), async (ids, runBytes) => {
      const lines = ids.map((text) => Buffer.from(`${text}\tA`));
      const batches = async function* () {
        for (let at = 0; at < lines.length; at += 7) yield lines.slice(at, at + 7);
      };
      const idOf = (line: Buffer) => line.toString('latin1', 0, line.indexOf(9));
      const sorted = (await Array.fromAsync(sortLines(batches(), idOf, runBytes))).flat().map(String);
      const wanted = ids
        .map((text) => Buffer.from(text))
        .sort(Buffer.compare)
        .map((bytes) => `${bytes}\tA`);
      expect(sorted).toEqual(wanted);
    }),
    { numRuns: propertyRuns(60) },
  );
});
