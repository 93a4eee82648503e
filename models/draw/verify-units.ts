import type { CheckList } from './check.ts';
import type { DrawRecord, RecordUnit } from './draw-record.ts';
import { bytewise } from './frame-layout.ts';
import { resultHash } from './result-hash.ts';
import { unitKey } from './unit-key.ts';

/** Drawn and reserve units as far as the record alone can show: numbers, order, thresholds, keys without salt, result hash. */
export function verifyUnits(list: CheckList, record: DrawRecord): void {
  const { cells, selected, reserve } = record;
  const drawn = rankProblem(record, selected, (cell) => [1, cell.n]);
  list.hold('selected', drawn === undefined, `${selected.length} units, in the order of their keys`, drawn ?? '');
  const next = rankProblem(record, reserve, (cell) => [cell.n + 1, Math.min(cell.n, cell.N - cell.n)]);
  list.hold('reserve', next === undefined, `${reserve.length} units, in the order of their keys`, next ?? '');
  const twice = repeated([...selected, ...reserve].map(({ id }) => id));
  list.hold(
    'ids',
    twice === undefined,
    'no unit stands twice',
    `${twice} stands twice among the drawn and the reserve`,
  );
  const order = orderProblem(record);
  list.hold('keys', order === undefined, keyFinding(record), order ?? '');
  const last = new Map(selected.map((unit) => [unit.cell, unit.key]));
  const wrong = cells.findIndex((cell, index) => (last.get(index) ?? null) !== cell.threshold);
  list.hold(
    'thresholds',
    wrong < 0,
    'each is the n-th smallest key of its cell',
    `cell ${wrong}: the last drawn key is ${last.get(wrong) ?? 'none'}, the threshold says ${cells[wrong]?.threshold}`,
  );
  const hash = resultHash(selected.map(({ id }) => id));
  list.hold(
    'result_hash',
    hash === record.result_hash,
    'is the hash of the drawn ids',
    `the drawn ids hash to ${hash}, the record says ${record.result_hash}`,
  );
}

type RecordCell = DrawRecord['cells'][number];

/** Cell after cell, each with its number of units, ranks without a gap. */
function rankProblem(
  { cells }: DrawRecord,
  units: readonly RecordUnit[],
  expected: (cell: RecordCell) => [firstRank: number, count: number],
): string | undefined {
  let at = 0;
  for (const [index, cell] of cells.entries()) {
    const [firstRank, count] = expected(cell);
    for (let rank = firstRank; rank < firstRank + count; rank++, at++) {
      const unit = units[at];
      if (unit?.cell !== index || unit.rank !== rank)
        return `cell ${index} must have ${count} units from rank ${firstRank}; at position ${at} stands ${unit ? `${unit.id} (cell ${unit.cell}, rank ${unit.rank})` : 'nobody'}`;
    }
  }
  return at === units.length ? undefined : `${units[at]!.id} is one too many`;
}

function repeated(ids: readonly string[]): string | undefined {
  const seen = new Set<string>();
  return ids.find((id) => seen.size === seen.add(id).size);
}

/** Keys rise within a cell; and where some keys are those of a frame without salt, all must be. */
function orderProblem(record: DrawRecord): string | undefined {
  const highest = new Map<number, RecordUnit>();
  for (const unit of [...record.selected, ...record.reserve]) {
    const before = highest.get(unit.cell);
    if (before && (before.key > unit.key || (before.key === unit.key && bytewise(before.id) >= bytewise(unit.id))))
      return `${unit.id} stands after ${before.id}, whose key is larger`;
    highest.set(unit.cell, unit);
  }
  const salted = [...record.selected, ...record.reserve].filter((unit) => !hasPlainKey(record, unit));
  const all = record.selected.length + record.reserve.length;
  return salted.length === 0 || salted.length === all
    ? undefined
    : `the key of ${salted[0]!.id} is not H(seed ‖ 0x00 ‖ id), as the keys of others are`;
}

function keyFinding(record: DrawRecord): string {
  const first = record.selected[0];
  return first && !hasPlainKey(record, first)
    ? 'rise within each cell; they are salted, so only the frame can show the keys themselves'
    : 'rise within each cell and follow from seed and id';
}

function hasPlainKey({ seed }: DrawRecord, { id, key }: RecordUnit): boolean {
  return unitKey(Buffer.from(seed, 'hex'), Buffer.from(id)).toString('hex') === key;
}
