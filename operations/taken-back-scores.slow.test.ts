/** A table of a past quarter, brought in, taken back and restored: the scores of that quarter follow each time. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BroughtEvent, TableImports } from '@hengjian/contract/table-imports.ts';
import { unrestrictedRights } from '@hengjian/contract/write-rights.ts';
import { loadProject } from '@hengjian/models';
import { readVoids } from '@hengjian/models/queries/read-voids.ts';
import { refresh } from '@hengjian/models/runner/refresh.ts';
import { goldenG1 } from '@hengjian/models/testing/golden-log.ts';
import { loadEvents } from '@hengjian/models/testing/load-events.ts';
import { type MartUnit, marts } from '@hengjian/models/testing/marts.ts';
import { type TemporaryWarehouse, temporaryWarehouse } from '@hengjian/warehouse/testing.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { tableImports } from './table-imports.ts';

const rights = unrestrictedRights('office');
const project = loadProject();
let at: TemporaryWarehouse;
let tables: TableImports;

beforeAll(async () => {
  at = await temporaryWarehouse();
  tables = tableImports({ dataDir: at.dataDir, ruleset: 'nantong-etdz' }, at.warehouse);
  await loadEvents(at.warehouse, goldenG1());
}, 120_000);
afterAll(() => at?.close());

/** @returns what it brought */
async function bring(sent: string, material = 'M1'): Promise<BroughtEvent[]> {
  const path = join(at.dataDir, '材料.csv');
  writeFileSync(
    path,
    `材料编号,报送单位,截止日期,实际报送日期,布置日期\n${material},市场监管局,2025-05-10,${sent},2025-04-01\n`,
  );
  const brought: BroughtEvent[] = [];
  await tables.bring([{ path, name: '材料.csv' }], { rights }, async (events) => void brought.push(...events));
  return brought;
}
const takeBack = (events: readonly BroughtEvent[], mark: string) =>
  tables.takeBack(events, { rights, reason: '理由', mark });
async function scores(): Promise<MartUnit[]> {
  await refresh(at.warehouse, project);
  return marts(at.warehouse, '2025Q2');
}
const totalOf = (units: readonly MartUnit[]) => units.find(({ unit }) => unit === 'scjg')!.total;
const countVoids = async () => (await at.warehouse.query("SELECT id FROM events WHERE type = 'event.voided'")).length;

test('new rows and a correction of them', { timeout: 900_000 }, async () => {
  const without = await scores();

  const late = await bring('2025-05-13');
  expect(late).toHaveLength(2);
  const withLate = await scores();
  expect(totalOf(withLate)).not.toBe(totalOf(without));

  const voids = await takeBack(late, 'first');
  expect(await scores()).toEqual(without);
  // Each at the moment of what it voids, to the microsecond.
  expect(
    await at.warehouse.query(
      `SELECT count() AS n FROM events AS v INNER JOIN events AS e ON e.id = JSONExtractString(v.data, 'event_id')
       WHERE v.type = 'event.voided' AND v.time = e.time`,
    ),
  ).toEqual([{ n: 2 }]);
  await takeBack(voids, 'second');
  expect(await scores()).toEqual(withLate);

  const onTime = await bring('2025-05-09');
  expect(onTime).toHaveLength(2);
  const corrected = await scores();
  expect(totalOf(corrected)).not.toBe(totalOf(withLate));
  const undone = await takeBack(onTime, 'third');
  expect(await scores()).toEqual(withLate);
  // The same act once more changes nothing.
  const before = await countVoids();
  expect((await takeBack(onTime, 'third')).map(({ id }) => id).sort()).toEqual(undone.map(({ id }) => id).sort());
  expect(await countVoids()).toBe(before);
  expect(await takeBack(undone, 'fourth')).toHaveLength(2);
});

test('an import and a later correction of it, both taken back, in whichever order: nothing of them stands', async () => {
  const standing = async () => {
    const events = await at.warehouse.query<{ source: string; id: string; sent: string }>(
      `SELECT toString(source) AS source, id, toString(toDate(time)) AS sent FROM events
       WHERE type = 'material.submitted' AND JSONExtractString(data, 'obligation_id') = 'M2' ORDER BY time`,
    );
    const voids = await readVoids(at.warehouse, events);
    return events.filter((event) => !voids.inForce(event)).map(({ sent }) => sent);
  };
  const first = await bring('2025-05-13', 'M2');
  const second = await bring('2025-05-09', 'M2');
  expect(await standing()).toEqual(['2025-05-09']);
  const firstBack = await takeBack(first, 'of the first');
  expect(await standing()).toEqual(['2025-05-09']);
  const secondBack = await takeBack(second, 'of the second');
  expect(await standing()).toEqual([]);
  await takeBack(secondBack, 'the second again');
  expect(await standing()).toEqual(['2025-05-09']);
  await takeBack(firstBack, 'the first again');
  expect(await standing()).toEqual(['2025-05-09']);
});

test('what the log has not delivered yet is taken back at the moment that was noted', async () => {
  const late = {
    source: 'urn:hengjian:office-files',
    id: 'not-yet',
    department: 'scjg',
    time: '2025-05-13T12:00:00+08:00',
  };
  const [own] = await takeBack([late], 'before it came');
  expect(own).toMatchObject({ time: late.time });
  const [kept] = await at.warehouse.query<{ time: string }>(
    'SELECT toString(time) AS time FROM events WHERE id = {id:String}',
    {
      id: own!.id,
    },
  );
  expect(kept!.time).toContain('2025-05-13 12:00:00');
});
