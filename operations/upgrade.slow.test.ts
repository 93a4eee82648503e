/**
 * From earlier versions: a warehouse that one of them filled comes up right without a re-import, keeps what was
 * published, and cannot be told from one that is filled anew. testing/upgrade/README.md says how they were made.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Scope } from '@hengjian/contract/scope.ts';
import { readObjectionEvents } from '@hengjian/models/objections/objection-events.ts';
import { listDrawTasks } from '@hengjian/models/queries/draws/list-draw-tasks.ts';
import { registeredPlaces } from '@hengjian/models/queries/draws/registered-places.ts';
import { readOpenPushes } from '@hengjian/models/queries/read-open-pushes.ts';
import { readReminders } from '@hengjian/models/queries/read-reminders.ts';
import { readSubjectNames } from '@hengjian/models/queries/read-subject-names.ts';
import { everyReconciledRow } from '@hengjian/models/queries/reconciliation/reconciled-rows.ts';
import { readRows } from '@hengjian/models/queries/statement.ts';
import { findSubjects } from '@hengjian/models/queries/subjects/find-subjects.ts';
import { subjectTimeline } from '@hengjian/models/queries/subjects/subject-timeline.ts';
import { readViolations } from '@hengjian/models/risk/maps/read-violations.ts';
import { readRiskAlerts } from '@hengjian/models/risk/queries/read-risk-alerts.ts';
import { stagedEvents } from '@hengjian/models/runner/build-context.ts';
import { eventRows } from '@hengjian/models/runner/event-snapshot.ts';
import { loadProject } from '@hengjian/models/runner/project.ts';
import { SEED_NAMES } from '@hengjian/models/runner/seeds.ts';
import { type TemporaryWarehouse, temporaryWarehouse } from '@hengjian/warehouse/testing.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hengjian } from './testing/front-door.ts';

const fixture = join(import.meta.dirname, 'testing', 'upgrade');
const events = join(fixture, 'events.ndjson.gz');

const OFFICE: Scope = { account: 'office', roles: ['office'], units: 'all', areas: 'all' };

interface Scores {
  status: string;
  units: { unit: string; items: { item: string; numerator: number; denominator: number; on_time: number }[] }[];
}

const VERSIONS = [
  {
    version: 'the release of November 2026',
    backup: 'warehouse-2026-11.tar.gz',
    files: [events],
    count: 1737,
    published: 'published-2025Q1.json',
  },
  {
    version: 'the version with migrations up to 0260',
    backup: 'warehouse-0260.tar.gz',
    files: [events, join(fixture, 'events-0260.ndjson.gz')],
    count: 1744,
    published: 'published-0260-2025Q1.json',
  },
];

describe.each(VERSIONS)('from $version', ({ backup, files, count, published }) => {
  const directory = mkdtempSync(join(tmpdir(), 'hengjian-upgrade-'));
  let upgraded: TemporaryWarehouse;
  let fresh: TemporaryWarehouse;

  async function run(where: TemporaryWarehouse, ...args: string[]): Promise<string> {
    const env = { HENGJIAN_DATA_DIR: directory, CLICKHOUSE_URL: where.url };
    const { code, stdout, stderr } = await hengjian(args, env);
    expect(code, `${args.join(' ')}: ${stderr}`).toBe(0);
    return stdout;
  }
  /** The same question to both, which must have the same answer. */
  async function alike(what: string, sql: string): Promise<object[]> {
    const [left, right] = await Promise.all([upgraded, fresh].map(({ warehouse }) => warehouse.query<object>(sql)));
    expect([what, left]).toEqual([what, right]);
    return left!;
  }

  beforeAll(async () => {
    [upgraded, fresh] = [await temporaryWarehouse(), await temporaryWarehouse()];
    await run(upgraded, 'restore', join(fixture, backup));
    await run(fresh, 'import', ...files);
    for (const where of [upgraded, fresh]) await run(where, 'refresh');
  }, 300_000);
  afterAll(async () => {
    await Promise.all([upgraded?.close(), fresh?.close()]);
    rmSync(directory, { recursive: true, force: true });
  });

  test('the published quarter shows what was published', async () => {
    const then = JSON.parse(readFileSync(join(fixture, published), 'utf8')) as Scores;
    expect(JSON.parse(await run(upgraded, 'score', '2025Q1', '--json'))).toMatchObject(then);
  });

  test('the draft counts what the release passed over: events whose unread members no engine reads', async () => {
    const { units } = JSON.parse(await run(upgraded, 'score', '2025Q2', '--json')) as Scores;
    const items = units.find(({ unit }) => unit === 'czj')!.items;
    const figures = Object.fromEntries(
      items.map(({ item, numerator, denominator, on_time }) => [item, [on_time, numerator, denominator]]),
    );
    // [in time, done, due] as the events were written to give; the release had 0 of 1 claims, no document, 13 of 61 days.
    expect(figures).toEqual({
      login: [null, 12, 60],
      claim: [1, 2, 2],
      feedback: [2, 2, 3],
      licence: [null, 1, 2],
      dishonest: [null, 2, 2],
      unlicensed: [null, 1, null],
      dr_single: [null, 1, 1],
      dr_joint: [null, 1, null],
      dr_publish: [null, 1, 1],
      meeting: [null, 10, null],
    });
  });

  test('each model holds the same rows as after an import by this version', async () => {
    for (const { name, kind } of loadProject().graph.models) {
      if (kind !== 'incremental' && kind !== 'table' && kind !== 'view') continue;
      // What an earlier version published shows when; the chain is compared below.
      if (kind === 'view' && files.length === 1) continue;
      await alike(
        name,
        `SELECT * ${name === 'quarters' ? 'EXCEPT (as_of, publication)' : ''} FROM ${name} ORDER BY ALL`,
      );
    }
  });

  test('measures read the same of each event, and all of them', async () => {
    const { warehouse } = fresh;
    const rows = stagedEvents(warehouse, loadProject(), eventRows('events', warehouse.database));
    expect(await alike('events', `SELECT * EXCEPT recorded_at FROM ${rows} ORDER BY source, id`)).toHaveLength(count);
  });

  test('what desks, lists and draws show of old events is what a new warehouse shows', async () => {
    const answers = async ({ warehouse }: TemporaryWarehouse) => {
      const { ruleSet } = loadProject();
      const everything = { unit: '', list: '', state: '' };
      const found = await readRows(warehouse, findSubjects(OFFICE, { text: '91', limit: 500 }));
      const subjects = found.map(({ subject }) => subject);
      const timelines = subjects
        .slice(0, 5)
        .map((subject) => readRows(warehouse, subjectTimeline(OFFICE, { subject, limit: 200 })));
      return {
        pushes: await readOpenPushes(warehouse, OFFICE, {
          ...{ ruleset: ruleSet.id, buckets: ['licensed', 'unlicensed'], since: '2000-01-01', limit: 500 },
        }),
        reconciled: await readRows(warehouse, everyReconciledRow(OFFICE, ruleSet, '2025Q2', everything)),
        reminders: await readReminders(warehouse, OFFICE, '2000-01-01', 500),
        subjects: found,
        timelines: await Promise.all(timelines),
        names: [...(await readSubjectNames(OFFICE, warehouse, subjects))].sort(),
        objections: await readObjectionEvents(warehouse),
        places: await readRows(warehouse, registeredPlaces(OFFICE)),
        tasks: await readRows(warehouse, listDrawTasks(OFFICE, { year: 0, limit: 500, offset: 0 })),
        violations: await readRows(warehouse, readViolations(OFFICE, { from: '2000-01-01', to: '2030-01-01' })),
        alerts: await readRiskAlerts(warehouse, OFFICE, { limit: 500 }),
      };
    };
    const shown = await answers(upgraded);
    expect(shown).toEqual(await answers(fresh));
    // The alerts of the fixture name no alert.
    const { alerts: _, ...named } = shown;
    for (const [name, rows] of Object.entries(named)) expect([name, rows.length]).not.toEqual([name, 0]);
  });

  test('tables, seeds and books are those of a new warehouse', async () => {
    const ownTables = `database = currentDatabase() AND name NOT LIKE '%\\_\\_lease\\_%'`;
    await alike(
      'tables',
      `SELECT name, engine, partition_key, sorting_key, replaceRegexpAll(as_select, '\\d{13,}', 'N') AS view FROM system.tables
       WHERE ${ownTables} ORDER BY name`,
    );
    await alike(
      'columns',
      `SELECT table AS name, c.name AS column, type, default_expression FROM system.columns AS c
       WHERE database = currentDatabase() AND table NOT LIKE '%\\_\\_lease\\_%' ORDER BY table, c.name`,
    );
    for (const seed of SEED_NAMES) await alike(seed, `SELECT * EXCEPT seed FROM ${seed} ORDER BY ALL`);
    await alike('duplicates', 'SELECT source, id FROM duplicates ORDER BY ALL');
    await alike('rejects', 'SELECT reason FROM rejects ORDER BY ALL');
    await alike('problems', 'SELECT ruleset, quarter, reason FROM quarter_problems FINAL ORDER BY ALL');
    await alike('recorded batches', 'SELECT sum(row_count) AS events, min(earliest) AS earliest FROM recorded_batches');
    await alike(
      'live builds',
      `SELECT ruleset, quarter, argMax((fingerprint, version, hash, cutoff), build) AS made_of FROM builds GROUP BY ruleset, quarter ORDER BY ALL`,
    );
  });

  test('the same events again are duplicates', async () => {
    const told = JSON.parse((await run(upgraded, 'import', ...files)).trim().split('\n').at(-1)!);
    expect(told).toEqual({ read: count, accepted: 0, duplicate: count, rejected: 0 });
  });

  test('what was published is in the chain, and the chain holds', async () => {
    expect(JSON.parse(await run(upgraded, 'publications', '--json'))).toMatchObject([
      { record: { sequence: 1, quarter: '2025Q1', number: 1, kind: 'published' } },
    ]);
    // The release did not count what it could not read, and its scores stand as they were: they cannot be computed again.
    const replay = files.length > 1 ? ['--replay'] : [];
    expect(await run(upgraded, 'verify', ...replay)).not.toContain('FAIL');
  });
});
