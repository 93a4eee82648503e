/** docs/draw/verify_draw.py is written from the specification alone: where both agree, the specification is enough. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { openFrameFile } from './frame-file.ts';
import { parsePlan } from './plan.ts';
import { runDraw } from './run-draw.ts';
import { districtFrame } from './testing/district-frame.ts';
import { EXAMPLE_HEADER, EXAMPLE_PLAN, EXAMPLE_ROWS } from './testing/worked-example.ts';

const verifier = join(import.meta.dirname, '../../docs/draw/verify_draw.py');
const python = spawnSync('python3', ['--version']).status === 0;
const directory = mkdtempSync(join(tmpdir(), 'hengjian-python-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

function verify(record: unknown, frameFile: string) {
  const recordFile = join(directory, 'record.json');
  writeFileSync(recordFile, JSON.stringify(record));
  const { status, stdout, stderr } = spawnSync('python3', [verifier, recordFile, frameFile], { encoding: 'utf8' });
  return { status, stdout, stderr };
}

async function frameOf(name: string, header: string[], lines: string[]): Promise<string> {
  const path = join(directory, name);
  writeFileSync(path, `${[header.join('\t'), ...lines].join('\n')}\n`);
  return path;
}

// Without python3 there is nothing to run the verifier with.
test.skipIf(!python)('the Python verifier agrees with records of the product, and names what was forged', async () => {
  const example = await frameOf(
    'example.tsv',
    EXAMPLE_HEADER,
    EXAMPLE_ROWS.map((fields) => fields.join('\t')),
  );
  const source = districtFrame(2_000);
  const lines = (await Array.fromAsync(source.batches())).flat().map(String);
  const district = await frameOf('district.tsv', source.columns, lines);
  for (const [file, document] of [
    [example, EXAMPLE_PLAN],
    [example, { ...EXAMPLE_PLAN, n: undefined, strata: undefined, note: 'é €\u2028 “quoted” \\ \n', weight: 3 }],
    [district, { ...EXAMPLE_PLAN, strata: ['area', 'industry'], n: 300 }],
    [district, { ...EXAMPLE_PLAN, n: undefined, strata: ['area'] }],
  ] as const) {
    const plan = parsePlan(JSON.parse(JSON.stringify(document)));
    const record = await runDraw(await openFrameFile(file), plan, Buffer.alloc(32, 3), Buffer.alloc(64, 4));
    const { status, stderr, stdout } = verify(record, file);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(/ok result_hash\n$/);
    expect(verify({ ...record, secret: '00'.repeat(32) }, file)).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/^commit: /),
    });
    expect(
      verify({ ...record, selected: [...record.selected, { id: 'x', cell: 0, key: '', rank: 1 }] }, file).stderr,
    ).toMatch(/^selected: /);
  }
});
