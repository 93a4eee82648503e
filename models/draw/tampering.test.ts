import { propertyRuns } from '@hengjian/contract/testing/property-runs.ts';
import { beforeAll, expect, test } from 'vitest';
import type { DrawRecord } from './draw-record.ts';
import { parsePlan } from './plan.ts';
import { proveUnit } from './prove-unit.ts';
import { publishRecord } from './publish-record.ts';
import { resultHash } from './result-hash.ts';
import { runDraw } from './run-draw.ts';
import { frameOf } from './testing/frame-of.ts';
import { verifyRecord } from './verify-record.ts';

const header = ['id', 'district', 'tier'];
const rows = Array.from({ length: 60 }, (_, index) => [
  `9132060000000${String(index).padStart(5, '0')}`,
  index % 3 === 0 ? '新开' : '小海',
  'AAABBCD'[index % 7]!,
]);
const frame = frameOf(header, rows);
const plan = parsePlan({
  method: 'tier-srs-v1',
  n: 12,
  strata: ['district'],
  tiers: { A: '1/10', B: '1/5', C: '1/2', D: '1' },
});
const secret = Buffer.alloc(32, 7);
const beacon = Buffer.alloc(32, 9);
let record: DrawRecord;
beforeAll(async () => {
  record = await runDraw(frame, plan, secret, beacon);
});

async function firstFailure(value: unknown, source = frame): Promise<string | undefined> {
  return (await verifyRecord(value, source)).find(({ problem }) => problem)?.name;
}

test('any changed byte of a record is found, unless the JSON still says the same', async () => {
  const text = JSON.stringify(record);
  for (const value of changedByOneByte(text))
    expect(
      (await verifyRecord(value, frame)).some(({ problem }) => problem),
      JSON.stringify(value),
    ).toBe(true);
});

test('any changed byte of a public record is found, but for the two members that only the frame could show', async () => {
  const published = publishRecord(record);
  // Stratum names and the frame's plain hash are not part of the commitment (which holds the Merkle root).
  const unbound = ({ frame, strata }: typeof published) => JSON.stringify([frame?.sha256, strata]);
  for (const value of changedByOneByte(JSON.stringify(published))) {
    const bound = { ...(value as typeof published), strata: published.strata };
    if (unbound(bound) !== unbound(published)) continue;
    if (JSON.stringify(bound) === JSON.stringify(published)) continue;
    expect(
      (await verifyRecord(bound)).some(({ problem }) => problem),
      JSON.stringify(value),
    ).toBe(true);
  }
});

/**
 * Of every byte in the thorough run, of each tenth otherwise. Another letter, digit or case in turn, so that many changes stay valid JSON; what is none is refused anyway.
 */
function* changedByOneByte(text: string): Iterable<unknown> {
  const bytes = Buffer.from(text);
  const step = Math.round(bytes.length / propertyRuns(bytes.length));
  for (let at = 0; at < bytes.length; at += step) {
    const changed = Buffer.from(bytes);
    changed[at] = changed[at]! ^ [0x01, 0x20, 0x10][at % 3]!;
    const value = parse(changed);
    if (value !== undefined && JSON.stringify(value) !== text) yield value;
  }
}

function parse(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString());
  } catch {
    return undefined;
  }
}

test.each<[string, (record: DrawRecord) => unknown, string]>([
  ['another spec', (r) => ({ ...r, spec: 'tier-srs-v2' }), 'record'],
  ['a member too many', (r) => ({ ...r, note: '' }), 'record'],
  ['no seed', ({ seed: _, ...r }) => r, 'record'],
  ['another n', (r) => ({ ...r, plan: { ...r.plan, n: 13 } }), 'plan_hash'],
  ['a zero tier', (r) => ({ ...r, plan: { ...r.plan, tiers: { A: '0' } } }), 'plan'],
  ['another secret', (r) => ({ ...r, secret: '00'.repeat(32) }), 'commit'],
  ['another beacon', (r) => ({ ...r, beacon: '00'.repeat(32) }), 'seed'],
  ['another u', (r) => ({ ...r, u: String(BigInt(r.u) + 1n) }), 'u'],
  ['fewer rows', (r) => ({ ...r, frame: { ...r.frame, rows: 59 } }), 'rows'],
  ['cells in another order', (r) => ({ ...r, cells: r.cells.toReversed() }), 'cells'],
  [
    'another size',
    (r) => ({ ...r, cells: r.cells.map((cell, i) => (i ? cell : { ...cell, n: cell.n + 1 })) }),
    'sizes',
  ],
  ['a unit left out', (r) => ({ ...r, selected: r.selected.slice(1) }), 'selected'],
  ['a reserve left out', (r) => ({ ...r, reserve: r.reserve.slice(1) }), 'reserve'],
  ['a swapped firm', (r) => ({ ...r, selected: withFirst(r, { id: rows[1]![0]! }) }), 'keys'],
  [
    'another threshold',
    (r) => ({ ...r, cells: r.cells.map((c) => ({ ...c, threshold: c.threshold && 'ff'.repeat(32) })) }),
    'thresholds',
  ],
  ['another result hash', (r) => ({ ...r, result_hash: '00'.repeat(32) }), 'result_hash'],
  ['another frame hash', (r) => ({ ...r, frame: { ...r.frame, sha256: '00'.repeat(32) } }), 'frame.sha256'],
])('%s is named', async (_, forge, check) => {
  expect(await firstFailure(forge(structuredClone(record)))).toBe(check);
});

function withFirst({ selected }: DrawRecord, change: Partial<DrawRecord['selected'][number]>): DrawRecord['selected'] {
  return selected.map((unit, index) => (index === 0 ? { ...unit, ...change } : unit));
}

test('a forgery that keeps every hash consistent is found with the frame', async () => {
  // Salted keys cannot be recomputed from the record, so a swapped firm with a new result hash needs the frame.
  const salted = frameOf(
    [...header, 'salt'],
    rows.map((fields, index) => [...fields, `s${index}`]),
  );
  const honest = await runDraw(salted, plan, secret, beacon);
  const drawn = new Set([...honest.selected, ...honest.reserve].map(({ id }) => id));
  const other = rows.find(([id]) => !drawn.has(id!))![0]!;
  const selected = withFirst(honest, { id: other });
  const forged = { ...honest, selected, result_hash: resultHash(selected.map(({ id }) => id)) };
  expect((await verifyRecord(forged)).filter(({ problem }) => problem)).toEqual([]);
  expect(await firstFailure(forged, salted)).toBe('frame.selected');
});

test('a frame with a forged tier, a row less or a row more is not the frame of the record', async () => {
  const forged = rows.map((fields, index) => (index === 2 ? [fields[0]!, fields[1]!, 'D'] : fields));
  expect(await firstFailure(record, frameOf(header, forged))).toBe('frame.sha256');
  expect(await firstFailure(record, frameOf(header, rows.slice(1)))).toBe('frame.rows');
  expect(await firstFailure(record, frameOf(header, [...rows, ['x', '新开', 'A']]))).toBe('frame.rows');
  expect(await firstFailure(record, frameOf(header, [...rows, ['x', '新开', 'Z']]))).toBe('frame');
});

test('a proof is held against the frame as well: root, rows, columns, row, cell, π and threshold', async () => {
  const salted = frameOf(
    [...header, 'salt'],
    rows.map((fields, index) => [...fields, `s${index}`]),
  );
  const honest = await runDraw(salted, plan, secret, beacon);
  const proof = await proveUnit(honest, salted, honest.selected[0]!.id);
  expect(await firstFailure(proof, salted)).toBeUndefined();
  const { cell } = proof;
  const other = frameOf(
    [...header, 'salt'],
    rows.map((fields) => [...fields, 'x']),
  );
  expect(await firstFailure(proof, other)).toBe('frame.merkle_root');
  expect(await firstFailure(proof, frameOf(header, rows))).toBe('frame.columns');
  for (const [forged, check] of [
    [{ N: cell.N + 1 }, 'frame.cells'],
    [{ pi: '1/1000', n: 5 }, 'frame.sizes'],
    [{ threshold: 'f'.repeat(64) }, 'frame.thresholds'],
    [{ key: ['nowhere', cell.key.at(-1)!] }, 'frame.cells'],
  ] as const) {
    const claimed = { ...proof, cell: { ...cell, ...forged } };
    expect((await verifyRecord(claimed)).some(({ problem }) => problem)).toBe(false);
    expect(await firstFailure(claimed, salted)).toBe(check);
  }
});
