import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { propertyRuns } from '@hengjian/contract/testing/property-runs.ts';
import { backupWarehouse, restoreWarehouse } from '@hengjian/warehouse';
import { type TemporaryWarehouse, temporaryWarehouse } from '@hengjian/warehouse/testing.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BUILTIN } from '../ruleset/catalogue.ts';
import { loadEvents, type TestEvent } from '../testing/load-events.ts';
import { compileGraph } from './compile-graph.ts';
import { localNow } from './local-now.ts';
import { parseModel } from './parse-model.ts';
import { loadProject, type Project } from './project.ts';
import { refresh } from './refresh.ts';
import { withRefreshLease } from './refresh-lease.ts';
import { testLiveModels } from './test-live-models.ts';

/** A graph of three small models instead of the room's: what is tested here is the runner. */
function smallProject(mart: string, tests = ''): Project {
  const header = (name: string, kind: string, more = '') =>
    `/*\nname: ${name}\nkind: ${kind}\ngrain: a row\nowner: test\ndescription: A test.\ncolumns: {a: b}\n${more}*/\n`;
  const models = [
    parseModel(
      `${header('stg_events', 'ephemeral')}SELECT id, type, time, toDate32(time) AS event_day, department, recorded_at, toDate32OrNull('') AS decided_on FROM source('events')`,
      'sql/stg_events.sql',
    ),
    parseModel(`${header('mart_logins', 'incremental', `order_by: [unit]\n${tests}`)}${mart}`, 'sql/mart_logins.sql'),
    parseModel(
      `${header('total_logins', 'table', 'order_by: [n]\n')}SELECT sum(n) AS n FROM ref('mart_logins')`,
      'sql/total_logins.sql',
    ),
  ];
  const hash = createHash('sha256')
    .update(mart + tests)
    .digest('hex');
  return { ...loadProject(), graph: compileGraph(models, hash, BUILTIN) };
}
const COUNT = `SELECT toString(department) AS unit, count() AS n FROM ref('stg_events') WHERE type = 'login.succeeded' AND time <= var('cutoff') AND event_day BETWEEN var('quarter_start') AND var('quarter_end') GROUP BY unit`;
let serial = 0;
const login = (time: string): TestEvent => ({
  id: `l${serial++}`,
  source: 'test',
  type: 'login.succeeded',
  time,
  department: 'scjg',
  data: { account: 'a' },
});

describe('refresh', () => {
  let temporary: TemporaryWarehouse;
  const project = smallProject(COUNT);
  /** As of a process of another machine. */
  const otherRefresh = (step: 'admitted' | 'ended', secondsAgo: number) =>
    temporary.warehouse.command(
      `INSERT INTO leases (owner, kind, host, process, machine, step, since, at)
       SELECT toUUID('00000000-0000-0000-0000-000000000001'), 'refresh', 'elsewhere', 7, 'elsewhere', {step:String}, now64(6), now64(6) - toIntervalSecond({ago:UInt32})`,
      { step, ago: secondsAgo },
    );
  const counts = async () => {
    const rows = await temporary.warehouse.query<{ quarter: string; n: number }>(
      'SELECT quarter, n FROM mart_logins ORDER BY quarter',
    );
    const [whole] = await temporary.warehouse.query<{ n: number }>('SELECT n FROM total_logins');
    return [Object.fromEntries(rows.map(({ quarter, n }) => [quarter, n])), whole?.n];
  };
  beforeAll(async () => {
    temporary = await temporaryWarehouse();
  });
  afterAll(() => temporary.close());

  it('works on an empty warehouse', async () => {
    const result = await refresh(temporary.warehouse, project);
    expect(result).toMatchObject({ built: [], newEvents: 0, asOf: null });
    expect(await counts()).toEqual([{}, 0]);
  });

  it('builds the quarters that new events can touch, and no earlier ones', async () => {
    const { warehouse } = temporary;
    await loadEvents(warehouse, [login('2025-02-10T09:00:00+08:00'), login('2025-05-12T09:00:00+08:00')]);
    expect((await refresh(warehouse, project)).built).toEqual(['2025Q1', '2025Q2']);
    await loadEvents(warehouse, [login('2025-05-13T09:00:00+08:00')]);
    expect((await refresh(warehouse, project)).built).toEqual(['2025Q2']);
    expect(await counts()).toEqual([{ '2025Q1': 1, '2025Q2': 2 }, 3]);
    expect((await refresh(warehouse, project)).built).toEqual([]);
    // Late, and recorded by a clock that stepped back by hours.
    await loadEvents(warehouse, [login('2025-02-11T09:00:00+08:00')], localNow(new Date(Date.now() - 9 * 3_600_000)));
    expect((await refresh(warehouse, project)).built).toEqual(['2025Q1', '2025Q2']);
    expect(await counts()).toEqual([{ '2025Q1': 2, '2025Q2': 2 }, 4]);
  });

  /** The books of a warehouse that lost a batch: a dropped month, an older backup. */
  const unbalance = () =>
    temporary.warehouse.command('INSERT INTO recorded_batches SELECT now64(6), 1, 1, now64(6) FROM numbers(1)');

  it('starts its books anew when they do not balance', async () => {
    await unbalance();
    const result = await refresh(temporary.warehouse, project);
    expect(result.built).toEqual(['2025Q1', '2025Q2']);
    expect(await counts()).toEqual([{ '2025Q1': 2, '2025Q2': 2 }, 4]);
  });

  it('starts it anew also after a restore, however often', async () => {
    const { warehouse } = temporary;
    const directory = mkdtempSync(join(tmpdir(), 'hengjian-refresh-'));
    try {
      for (let round = 0; round < propertyRuns(3); round += 1) {
        await unbalance();
        await refresh(warehouse, project);
        await backupWarehouse(warehouse, join(directory, `${round}.tar`));
        await restoreWarehouse(warehouse, join(directory, `${round}.tar`), { force: true });
        await unbalance();
        expect((await refresh(warehouse, project)).built).toEqual(['2025Q1', '2025Q2']);
        expect(await counts()).toEqual([{ '2025Q1': 2, '2025Q2': 2 }, 4]);
      }
    } finally {
      rmSync(directory, { recursive: true, force: true });
    }
  });

  it('leaves what was there when a test or a query fails, and says which', async () => {
    const { warehouse } = temporary;
    await loadEvents(warehouse, [login('2025-05-14T09:00:00+08:00')]);
    const before = await counts();
    const failing = smallProject(COUNT, 'tests: [{ name: few, custom: "SELECT * FROM this WHERE n > 2" }]\n');
    await expect(refresh(warehouse, failing)).rejects.toThrow(
      /sql\/mart_logins\.sql: test few found 1 bad rows; the models stay as they were/,
    );
    expect(await counts()).toEqual(before);
    const broken = smallProject(COUNT.replace('count()', 'throwIf(1)'));
    await expect(refresh(warehouse, broken)).rejects.toThrow(/sql\/mart_logins\.sql could not be built for 2025Q1/);
    expect(await counts()).toEqual(before);
    // What the failed refreshes had staged already is still built.
    expect((await refresh(warehouse, project)).built).toEqual(['2025Q2']);
    expect(await counts()).toEqual([{ '2025Q1': 2, '2025Q2': 3 }, 5]);
    expect((await testLiveModels(warehouse, project)).every(({ badRows }) => badRows === 0)).toBe(true);
  });

  it('notes quarters that cannot be scored and builds the others', async () => {
    const { warehouse } = temporary;
    await loadEvents(warehouse, [login('2023-11-14T09:00:00+08:00'), login('2025-05-15T09:00:00+08:00')]);
    const result = await refresh(warehouse, project);
    expect(result.problems.get('2023Q4')).toMatch(/No holiday notice is loaded for 2023/);
    expect(result.built).toEqual(['2025Q1', '2025Q2']);
  });

  it('lets one refresh run at a time and takes over from a dead one', async () => {
    const { warehouse } = temporary;
    let inside = 0;
    const most: number[] = [];
    const job = async () => {
      most.push(++inside);
      await warehouse.query('SELECT sleep(0.1)');
      inside--;
    };
    await Promise.all([1, 2, 3].map(() => withRefreshLease(warehouse, job)));
    expect(most).toEqual([1, 1, 1]);
    await otherRefresh('admitted', 21);
    await withRefreshLease(warehouse, job);
    expect(most).toHaveLength(4);
    await otherRefresh('admitted', 0);
    await expect(withRefreshLease(warehouse, job, 300)).rejects.toThrow(
      /^A refresh \(host elsewhere, process 7, since .+\) has been computing for too long; try again later/,
    );
    await otherRefresh('ended', 0);
  });

  it('changes nothing once another refresh has taken over, in whatever step it is then', {
    timeout: 120_000,
  }, async () => {
    const { warehouse } = temporary;
    const tables = async () =>
      Promise.all(
        ['builds', 'refreshes', 'recorded_batches'].map((table) =>
          warehouse.query(`SELECT * FROM ${table} ORDER BY ALL`),
        ),
      );
    for (const step of [
      'INSERT INTO recorded_batches',
      'INSERT INTO `hengjian`.mart',
      'CREATE OR REPLACE VIEW',
      'builds',
    ]) {
      await loadEvents(warehouse, [login('2025-05-16T09:00:00+08:00')]);
      const before = await tables();
      const seen: string[] = [];
      const stall = async (what: string) => {
        if (seen.length === 0 && what.startsWith(step)) {
          seen.push(what);
          await otherRefresh('admitted', 0);
        }
      };
      const overtaken: typeof warehouse = {
        ...warehouse,
        command: (sql, ...rest) => stall(sql.trim()).then(() => warehouse.command(sql, ...rest)),
        insert: (table, ...rest) => stall(table).then(() => warehouse.insert(table, ...rest)),
      };
      const changed = smallProject(COUNT.replace('count()', `toUInt64(${step.length} - ${step.length} + count())`));
      await expect(refresh(overtaken, changed)).rejects.toThrow(/^Another refresh has taken over/);
      expect(seen).toHaveLength(1);
      await otherRefresh('ended', 0);
      const after = await tables();
      // Views are named last, when what they show is live.
      if (step === 'CREATE OR REPLACE VIEW') expect(after[0]!.length).toBeGreaterThan(before[0]!.length);
      else expect(after.slice(0, 2)).toEqual(before.slice(0, 2));
      if (step.includes('recorded_batches')) expect(after).toEqual(before);
    }
    expect((await refresh(warehouse, project)).built).toContain('2025Q2');
    expect(await warehouse.query("SELECT name FROM system.tables WHERE name LIKE '%\\_\\_lease\\_%'")).toEqual([]);
  });

  it('keeps one superseded build for readers and drops older ones', async () => {
    const { warehouse } = temporary;
    await refresh(warehouse, project, { full: true });
    await refresh(warehouse, project, { full: true });
    const [kept] = await warehouse.query<{ n: number }>(
      "SELECT uniqExact(partition) AS n FROM system.parts WHERE database = currentDatabase() AND active AND table LIKE 'mart\\_logins\\_\\_%' AND partition LIKE '%2025Q2%'",
    );
    expect(kept!.n).toBe(2);
  });
});
