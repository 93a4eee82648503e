import fc from 'fast-check';
import { expect, test } from 'vitest';
import { commitDraw } from './commit-draw.ts';
import { parsePlan } from './plan.ts';
import { proveUnit } from './prove-unit.ts';
import { publishRecord } from './publish-record.ts';
import { runDraw } from './run-draw.ts';
import { frameOf } from './testing/frame-of.ts';
import {
  EXAMPLE_BEACON,
  EXAMPLE_HEADER,
  EXAMPLE_PLAN,
  EXAMPLE_ROWS,
  EXAMPLE_SECRET,
} from './testing/worked-example.ts';
import { verifyRecord } from './verify-record.ts';

const frame = frameOf(EXAMPLE_HEADER, EXAMPLE_ROWS);
const plan = parsePlan(EXAMPLE_PLAN);
const draw = (source = frame) => runDraw(source, plan, EXAMPLE_SECRET, EXAMPLE_BEACON);

test('the worked example of draw.md comes out byte for byte', async () => {
  expect(await commitDraw(frame, plan, EXAMPLE_SECRET)).toEqual({
    frame: {
      rows: 8,
      sha256: 'c722dd609a5905e8da52f81c1ac83212ecf0a6216b8a77576f9e49a7a253ceb0',
      merkle_root: '47464acbca22d46b45a2cb601b7d8460448eaf42e24f68270da63eff092440b7',
    },
    plan_hash: 'fd8a884113bb7be30cb228ba1fbfa21f4028017ba66c64e9a2687ba9d4969c50',
    secret: '11'.repeat(32),
    commit: 'e4014fe54ba50ee0f9e42c81b8606ee1b82579ff5b99b9c0fa66f94090030338',
  });
  const record = await draw();
  expect(record.seed).toBe('2398e3e8b5748330ab96f8cc649a3f2452363126342e2d936d343d1404de5b10');
  expect(record.u).toBe('5413666834104705572');
  expect(
    record.cells.map(({ key, N, pi, expected, n, threshold }) => [
      ...key,
      N,
      pi,
      expected,
      n,
      threshold?.slice(0, 8) ?? null,
    ]),
  ).toEqual([
    ['小海', 'A', 2, '1/5', '2/5', 0, null],
    ['小海', 'B', 1, '3/5', '3/5', 1, '2a0f81b4'],
    ['新开', 'A', 2, '1/5', '2/5', 0, null],
    ['新开', 'B', 1, '3/5', '3/5', 1, 'd487dc78'],
    ['新开', 'D', 1, '1', '1', 1, '38e4ab76'],
    ['竹行 😀', 'C', 1, '1', '1', 1, 'bfbfe697'],
  ]);
  expect(record.selected.map(({ id, cell, rank }) => [id.slice(-3), cell, rank])).toEqual([
    ['044', 1, 1],
    ['055', 3, 1],
    ['088', 4, 1],
    ['077', 5, 1],
  ]);
  expect(record.reserve).toEqual([]);
  expect(record.result_hash).toBe('7ef8c33474c78b59ff9c36ed18f38d1f7d664f291c45e539e57068c921f52d70');
});

test('record, public record and proof verify; the order of the rows changes nothing', async () => {
  const record = await draw();
  expect((await verifyRecord(record, frame)).filter(({ problem }) => problem)).toEqual([]);
  expect((await verifyRecord(publishRecord(record))).filter(({ problem }) => problem)).toEqual([]);
  await fc.assert(
    fc.asyncProperty(
      fc.shuffledSubarray(EXAMPLE_ROWS, { minLength: EXAMPLE_ROWS.length, maxLength: EXAMPLE_ROWS.length }),
      async (rows) => {
        expect(await draw(frameOf(EXAMPLE_HEADER, rows))).toEqual(record);
      },
    ),
    { numRuns: 30 },
  );
});

test('every enterprise can prove its own line and outcome, and nobody else’s', async () => {
  const record = await draw();
  for (const [id] of EXAMPLE_ROWS) {
    const proof = await proveUnit(record, frame, id!);
    expect((await verifyRecord(proof)).filter(({ problem }) => problem)).toEqual([]);
    expect(proof.drawn).toBe(record.selected.some((unit) => unit.id === id));
    expect(await firstFailure({ ...proof, drawn: !proof.drawn })).toBe('drawn');
    expect(await firstFailure({ ...proof, line: proof.line.replace('新开', '小海').replace(/.$/, 'A ') })).not.toBe(
      undefined,
    );
    expect(await firstFailure({ ...proof, leaf_index: (proof.leaf_index + 1) % 8 })).toBe('path');
  }
  await expect(proveUnit(record, frame, '913206000000000099')).rejects.toThrow(/not in the frame/);
});

test('the public record holds no tier of anybody, no cell, key or salt, and orders ids without regard to tier', async () => {
  const published = publishRecord(await draw());
  expect(Object.keys(published).sort()).toEqual(
    'beacon commit frame plan plan_hash result_hash secret seed selected spec strata'.split(' '),
  );
  expect(published.strata).toEqual([
    { values: ['小海'], N: 3, n: 1 },
    { values: ['新开'], N: 4, n: 2 },
    { values: ['竹行 😀'], N: 1, n: 1 },
  ]);
  expect(published.selected).toEqual(published.selected.toSorted());
});

async function firstFailure(record: unknown): Promise<string | undefined> {
  return (await verifyRecord(record)).find(({ problem }) => problem)?.name;
}
