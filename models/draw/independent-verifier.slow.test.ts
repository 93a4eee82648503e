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

/** @param record the text of the file, or what it says */
function verify(record: unknown, frameFile: string) {
  const recordFile = join(directory, 'record.json');
  writeFileSync(recordFile, typeof record === 'string' ? record : JSON.stringify(record));
  const { status, stdout, stderr } = spawnSync('python3', [verifier, recordFile, frameFile], { encoding: 'utf8' });
  return { status, stdout, stderr };
}

async function frameOf(name: string, header: string[], lines: string[]): Promise<string> {
  const path = join(directory, name);
  writeFileSync(path, `${[header.join('\t'), ...lines].join('\n')}\n`);
  return path;
}

/** At the edges of the forms that ECMAScript writes. */
const NUMBERS = [
  ...[0, -0, 1, -1.5, 0.1, 123.456, 2 ** 53, 2 ** 60, 1e20, -1e20, 1e21, 1e30, 123456789012345680000],
  ...[1.5e300, 0.000001, 1.5e-6, 0.0000001, -1.25e-7, 5e-324, Number.MAX_VALUE, Number.MIN_VALUE, 1 / 3],
];

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
    [example, { ...EXAMPLE_PLAN, numbers: NUMBERS }],
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

test.skipIf(!python)('the Python verifier refuses what programs read differently', async () => {
  const rows = EXAMPLE_ROWS.map((fields) => fields.join('\t'));
  const file = await frameOf('again.tsv', EXAMPLE_HEADER, rows);
  const plan = parsePlan({ ...EXAMPLE_PLAN, budget: 2 ** 60, off: true, by: null });
  const record = JSON.stringify(
    await runDraw(await openFrameFile(file), plan, Buffer.alloc(32, 3), Buffer.alloc(64, 4)),
  );
  expect(verify(record, file)).toMatchObject({ status: 0, stderr: '' });
  // The same double.
  expect(verify(record.replace('1152921504606847000', '1152921504606846976'), file)).toMatchObject({ status: 0 });
  for (const [before, after, sentence] of [
    ['"selected":', '"selected":[],"selected":', 'selected stands twice in one object'],
    ['"budget":', '"budget":1,"budg\\u0065t":', 'budget stands twice in one object'],
    ['1152921504606847000', '1152921504606847001', 'programs read the number 1152921504606847001 differently'],
    ['1152921504606847000', 'NaN', 'programs read the number NaN differently'],
    ['1152921504606847000', '1e400', 'programs read the number 1e400 differently'],
  ] as const)
    expect(verify(record.replace(before, after), file)).toMatchObject({ status: 1, stderr: `record: ${sentence}\n` });
});
