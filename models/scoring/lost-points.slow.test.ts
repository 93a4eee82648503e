/** What cost points, on random logs: it adds up, explains every change, and done in time it costs nothing. */
import { EVERYTHING } from '@hengjian/contract/scope.ts';
import { type TemporaryWarehouse, temporaryWarehouse } from '@hengjian/warehouse/testing.ts';
import * as fc from 'fast-check';
import Fraction from 'fraction.js';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readUnitExplanations } from '../queries/read-unit-explanations.ts';
import { loadProject } from '../runner/project.ts';
import { refresh } from '../runner/refresh.ts';
import { loadEvents, type TestEvent } from '../testing/load-events.ts';
import { randomLog } from '../testing/oracle/random-district.ts';
import { explainChange } from './explain-change.ts';

const QUARTERS = ['2025Q1', '2025Q2'] as const;
const UNITS = ['xzsp', 'scjg', 'shsy'] as const;
const RULESET = 'nantong-etdz';
const project = loadProject();
let temporary: TemporaryWarehouse;
beforeAll(async () => {
  temporary = await temporaryWarehouse();
});
afterAll(() => temporary?.close());

async function explained(quarter: string, unit: string) {
  const answer = await readUnitExplanations(temporary.warehouse, EVERYTHING, RULESET, quarter, unit, 10_000);
  if (!answer.ok) throw new Error(answer.detail);
  const total = answer.value.scores.units.find((one) => one.unit === unit)!.total_exact!;
  return { total: new Fraction(total), items: answer.value.items };
}
type Explained = Awaited<ReturnType<typeof explained>>;
type Lost = Explained['items'][number]['lost'][number];

/** The event that was missing, in time; undefined for causes that share their loss with others or cannot be undone. */
function remedy(unit: string, { kind, key, subject, due }: Lost): Omit<TestEvent, 'id'> | undefined {
  const event = (type: string, day: string, data: Record<string, unknown>, about?: string): Omit<TestEvent, 'id'> => ({
    source: 'test://remedy',
    type,
    time: `${day}T00:00:00+08:00`,
    department: unit,
    data,
    ...(about ? { subject: about } : {}),
  });
  switch (kind) {
    case 'missed_login_day':
      return event('login.succeeded', key, { account: 'a' });
    case 'absent':
      return event('meeting.attended', '2025-07-01', { meeting_id: key, status: 'attended' });
    case 'material_missing':
      return event('material.submitted', due!, { obligation_id: key });
    case 'not_published':
      return event('result.published', due!, { task_id: key }, subject!);
    default:
      return undefined;
  }
}

/** One row of each unit and item whose cause can be removed alone; of deductions only where none was cut off at zero. */
function curable(unit: string, { items }: Explained) {
  return items.flatMap(({ item, points, lost }) => {
    const row = lost.find((one) => (one.points ?? 0) > 0 && remedy(unit, one) !== undefined);
    return row && (item !== 'meeting' || points! > 0) ? [{ unit, item, row, event: remedy(unit, row)! }] : [];
  });
}

/** One of each cause that can be removed alone; nobody logged in. */
const EACH_CAUSE: TestEvent[] = [
  { type: 'inspection.done', data: { task_id: 'T1' }, subject: '91320600MA1DEM015E', department: 'scjg' },
  { type: 'meeting.held', data: { meeting_id: 'M1', required: ['scjg'] }, department: 'xzsp' },
  {
    type: 'material.due',
    data: { obligation_id: 'O1', due_on: '2025-06-20', required: ['shsy'] },
    department: 'xzsp',
  },
].map((event, n) => ({ ...event, id: `each${n}`, source: 'test://each', time: '2025-05-06T10:30:00+08:00' }));

test('lost points add up to weight − points, changes to the change of the total; what is done in time costs nothing', {
  timeout: 900_000,
}, async () => {
  const { warehouse } = temporary;
  const cured = new Set<string>();
  const run = async (events: TestEvent[]) => {
    await warehouse.command('TRUNCATE TABLE events');
    await warehouse.command('TRUNCATE TABLE recorded_batches');
    await loadEvents(warehouse, events);
    await refresh(warehouse, project, { quarters: QUARTERS });
    const before = new Map<string, Explained>();
    for (const unit of UNITS) {
      const [first, second] = [await explained('2025Q1', unit), await explained('2025Q2', unit)];
      for (const { items } of [first, second])
        for (const { item, weight, points, lost } of items)
          expect([item, lost.reduce((sum, row) => sum + row.points!, 0)]).toEqual([
            item,
            expect.closeTo(weight! - points!, 9),
          ]);
      const { change, items } = explainChange(first.items, second.items);
      expect(change).toBe(second.total.sub(first.total).toFraction());
      for (const { kinds, weightChange, change: ofItem } of items)
        expect(kinds.reduce((sum, one) => sum + one.change, weightChange)).toBeCloseTo(
          new Fraction(ofItem).valueOf(),
          9,
        );
      before.set(unit, second);
    }
    const cures = UNITS.flatMap((unit) => curable(unit, before.get(unit)!));
    await loadEvents(
      warehouse,
      cures.map(({ event }, n) => ({ ...event, id: `cure${n}` })),
    );
    await refresh(warehouse, project, { quarters: QUARTERS });
    for (const unit of UNITS) {
      const after = await explained('2025Q2', unit);
      for (const { item, row } of cures.filter((one) => one.unit === unit)) {
        const pointsOf = ({ items }: Explained) => items.find((one) => one.item === item)!.points!;
        const gained = pointsOf(after) - pointsOf(before.get(unit)!);
        expect([unit, item, row.kind, gained]).toEqual([unit, item, row.kind, expect.closeTo(row.points!, 9)]);
        cured.add(row.kind);
      }
    }
  };
  await fc.assert(fc.asyncProperty(randomLog(), run), {
    numRuns: Number(process.env.LOST_RUNS ?? 3),
    examples: [[EACH_CAUSE]],
    endOnFailure: true,
  });
  expect([...cured].sort()).toEqual(['absent', 'material_missing', 'missed_login_day', 'not_published']);
});
