/** An import that broke off midway: what did come in can be taken back, restored and completed, and what never came is not voided. */
import { type BroughtEvent, OFFICE_FILES_SOURCE, type TableImports } from '@hengjian/contract/table-imports.ts';
import { tableImports } from '@hengjian/operations/table-imports.ts';
import { type TemporaryWarehouse, temporaryWarehouse } from '@hengjian/warehouse/testing.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ImportActs, type ImportStanding } from '../acts/import-acts.ts';
import { MOST_OPEN } from '../acts/open-imports.ts';

const office = { account: 'lxh', roles: ['office' as const], units: 'all' as const, areas: 'all' as const };
const NEVER: BroughtEvent = { source: OFFICE_FILES_SOURCE, id: 'never-came', department: 'shsy' };

let at: TemporaryWarehouse;
let acts: ImportActs;
let breaks = false;
const faults: string[] = [];

beforeAll(async () => {
  at = await temporaryWarehouse();
  const real = tableImports({ dataDir: at.dataDir, ruleset: 'nantong-etdz' }, at.warehouse);
  const tables: TableImports = {
    throughLog: real.throughLog,
    templates: () => real.templates(),
    template: (id) => real.template(id),
    preview: (...given) => real.preview(...given),
    takeBack: (...given) => real.takeBack(...given),
    marked: (...given) => real.marked(...given),
    remember: (...given) => real.remember(...given),
    aliases: () => real.aliases(),
    forget: (...given) => real.forget(...given),
    /** Breaks off when the first file is in and the second is noted. */
    async bring(files, options, onPlanned, onRows) {
      if (!breaks) return real.bring(files, options, onPlanned, onRows);
      await real.bring(files.slice(0, 1), options, onPlanned, onRows);
      const fall = async (events: readonly BroughtEvent[]) => {
        await onPlanned([NEVER, ...events]);
        throw new Error('the machine went down');
      };
      return real.bring(files.slice(1), options, fall, onRows);
    },
  };
  acts = new ImportActs({
    warehouse: at.warehouse,
    tables,
    dataDir: at.dataDir,
    onFault: (error) => faults.push((error as Error).message),
  });
}, 120_000);
afterAll(() => at?.close());

const logins = (account: string) =>
  new File([`账号,单位,登录时间\n${account},社会事业局,2025-04-01 08:00:00\n`], `${account}.csv`);
const found = async (id: string): Promise<ImportStanding> => (await acts.find(office, id))!;
async function ended(id: string): Promise<ImportStanding> {
  await acts.settle(60_000);
  return found(id);
}
const voidsOf = (target: string) =>
  at.warehouse.query(
    `SELECT id FROM events WHERE type = 'event.voided' AND JSONExtractString(data, 'event_id') = {target:String}`,
    { target },
  );
const stored = () =>
  at.warehouse.query<{ id: string }>(
    `SELECT id FROM events WHERE type = 'login.succeeded' ORDER BY JSONExtractString(data, 'account')`,
  );

describe('an import that broke off', () => {
  let id: string;

  test('says how much came in, and is not thrown away with it', async () => {
    id = (await acts.send(office, [logins('a'), logins('b')], null)) as string;
    expect((await ended(id)).state).toBe('previewed');
    breaks = true;
    expect(await acts.bring(office, await found(id))).toBe(true);
    expect(await ended(id)).toMatchObject({ state: 'failed', cameIn: 1, rows: null });
    expect(faults.splice(0)).toEqual(['the machine went down']);
    expect(await stored()).toHaveLength(1);
    expect(await acts.discard(office, await found(id))).toBe(false);
  });

  test('taken back, what came in is void and what never came is not', async () => {
    expect(await acts.undo(office, await found(id), '导入中断')).toBe(true);
    expect(await ended(id)).toMatchObject({ state: 'undone', steps: [1, 1] });
    expect(await voidsOf((await stored())[0]!.id)).toHaveLength(1);
    expect(await voidsOf(NEVER.id)).toEqual([]);
  });

  test('restored, it may be completed, and taken back as a whole', async () => {
    await acts.restore(office, await found(id), '重新导入');
    expect(await ended(id)).toMatchObject({ state: 'failed', cameIn: 1 });
    breaks = false;
    await acts.bring(office, await found(id));
    expect(await ended(id)).toMatchObject({ state: 'brought', cameIn: null });
    expect(await stored()).toHaveLength(2);
    await acts.undo(office, await found(id), '整批撤销');
    expect((await ended(id)).state).toBe('undone');
    const ids = (await stored()).map((event) => event.id);
    expect((await voidsOf(ids[1]!)).length).toBe(1);
    expect((await voidsOf(ids[0]!)).length).toBe(2);
    expect(faults).toEqual([]);
  });
});

test('broken off and sent again as another import: each is taken back with what it brought itself', async () => {
  const files = () => [logins('x'), logins('y')];
  breaks = true;
  const broken = (await acts.send(office, files(), null)) as string;
  await ended(broken);
  await acts.bring(office, await found(broken));
  expect(await ended(broken)).toMatchObject({ state: 'failed', cameIn: 1 });
  expect(faults.splice(0)).toEqual(['the machine went down']);
  breaks = false;
  const again = (await acts.send(office, files(), null)) as string;
  await ended(again);
  await acts.bring(office, await found(again));
  expect(await ended(again)).toMatchObject({ state: 'brought', steps: [1] });
  // With the moments at which they are to be taken back, should the log not have delivered them by then.
  const noted = await at.warehouse.query('SELECT DISTINCT time FROM import_events WHERE import_id = {again:String}', {
    again,
  });
  expect(noted).toEqual([{ time: '2025-04-01T08:00:00+08:00' }]);
  expect(await found(broken)).toMatchObject({ cameIn: 1 });
  await acts.undo(office, await found(broken), '导入中断');
  expect(await ended(broken)).toMatchObject({ state: 'undone', steps: [1, 1] });
  const second = await at.warehouse.query<{ id: string }>(
    `SELECT id FROM events WHERE type = 'login.succeeded' AND JSONExtractString(data, 'account') = 'y'`,
  );
  expect(await voidsOf(second[0]!.id)).toEqual([]);
  await acts.undo(office, await found(again), '整批撤销');
  await ended(again);
  expect(await voidsOf(second[0]!.id)).toHaveLength(1);
});

test('an account has so many open imports; a discarded one makes room', async () => {
  const ids: string[] = [];
  for (let n = 0; n < MOST_OPEN.account; n += 1)
    ids.push((await acts.send(office, [logins(`many${n}`)], null)) as string);
  await acts.settle(120_000);
  expect(await acts.send(office, [logins('more')], null)).toEqual({ full: 'account', most: MOST_OPEN.account });
  expect(await acts.send({ ...office, account: 'other' }, [logins('more')], null)).toEqual(expect.any(String));
  await acts.settle(60_000);
  expect(await acts.discard(office, await found(ids[0]!))).toBe(true);
  expect(await acts.send(office, [logins('more')], null)).toEqual(expect.any(String));
  await acts.settle(60_000);
}, 180_000);
