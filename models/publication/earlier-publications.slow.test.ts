/** A warehouse in which quarters were published before publications were events is brought up to date. */
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EVERYTHING } from '@hengjian/contract/scope.ts';
import type { Warehouse } from '@hengjian/warehouse';
import { migrate, migrationsDirectory } from '@hengjian/warehouse/migrate.ts';
import { type TemporaryWarehouse, temporaryWarehouse } from '@hengjian/warehouse/testing.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseQuarter } from '../calendar/quarter.ts';
import { listQuarters } from '../queries/list-quarters.ts';
import { loadProject } from '../runner/project.ts';
import { refresh } from '../runner/refresh.ts';
import { buildWhatIf } from '../runner/what-if.ts';
import { goldenG1 } from '../testing/golden-log.ts';
import { loadEvents } from '../testing/load-events.ts';
import { writeDirectly } from '../testing/write-directly.ts';
import { closeQuarter } from './close-quarter.ts';
import { readChain } from './read-chain.ts';
import { verifyPublications } from './verify-publications.ts';

const MINUTES_10 = 600_000;
const RECORDED = '2025-07-12 10:00:00.000000';

describe('quarters published by an earlier version', { timeout: MINUTES_10 }, () => {
  let temporary: TemporaryWarehouse;
  let warehouse: Warehouse;
  const project = loadProject();

  beforeAll(async () => {
    temporary = await temporaryWarehouse();
    const { warehouse: today } = temporary;
    await loadEvents(today, goldenG1(), RECORDED);
    await refresh(today, project, { quarters: ['2025Q1', '2025Q2'] });
    // The warehouse as it was: the same events, tables of before, and copies of the scores as closing made them.
    warehouse = await today.scratch('earlier_version');
    const before = mkdtempSync(join(tmpdir(), 'hengjian-migrations-'));
    for (const file of readdirSync(migrationsDirectory))
      if (file < '0260') cpSync(join(migrationsDirectory, file), join(before, file));
    await migrate(warehouse, before);
    rmSync(before, { recursive: true });
    await warehouse.command(`INSERT INTO events SELECT * FROM ${today.database}.events`);
    await publishAsBefore(today, '2025Q1', '10000000-0000-0000-0000-000000000001', '2025-07-13 09:00:00');
    await publishAsBefore(today, '2025Q2', '10000000-0000-0000-0000-000000000002', '2025-07-14 09:00:00');
    // Nobody knows how these scores came about.
    await warehouse.command(
      `ALTER TABLE published_unit_scores UPDATE total = 99, total_exact = '99' WHERE quarter = '2025Q1' AND unit = 'czj'`,
      undefined,
      { mutations_sync: 1 },
    );
    await warehouse.command('CREATE VIEW quarters AS SELECT * FROM publications');
    await migrate(warehouse);
  }, MINUTES_10);
  afterAll(async () => {
    await warehouse.drop();
    await warehouse.close();
    await temporary.close();
  });

  async function publishAsBefore(from: Warehouse, quarter: string, publication: string, at: string): Promise<void> {
    const built = await buildWhatIf(from, project, parseQuarter(quarter)!);
    for (const [table, mart] of [
      ['published_item_scores', 'mart_item_scores'],
      ['published_unit_scores', 'mart_unit_scores'],
      ['published_lost_points', 'mart_lost_points'],
    ] as const) {
      const columns = await warehouse.query<{ name: string }>(
        `SELECT name FROM system.columns WHERE database = currentDatabase() AND table = {table:String} AND name != 'publication' ORDER BY position`,
        { table },
      );
      const names = columns.map(({ name }) => name).join(', ');
      await warehouse.command(
        `INSERT INTO ${table} (publication, ${names}) SELECT {publication:UUID}, ${names} FROM ${built.warehouse.database}.${mart}`,
        { publication },
      );
    }
    const { id, version, hash, text } = project.ruleSet;
    await warehouse.insert('publications', [
      {
        publication,
        quarter,
        number: 1,
        status: 'published',
        published_at: at,
        ruleset: id,
        version,
        hash,
        ruleset_text: text,
        cutoff: built.cutoff,
        as_of: RECORDED,
        note: '',
        content_hash: 'f'.repeat(64),
      },
    ]);
    await built.drop();
  }

  const shown = async () =>
    (await listQuarters(warehouse, EVERYTHING, 'nantong-etdz')).map(({ quarter, status }) => `${quarter} ${status}`);

  it('are shown as published, before and after the next publication carries them into the chain', async () => {
    await refresh(warehouse, project);
    expect(await shown()).toEqual(['2025Q2 published', '2025Q1 published']);
    expect((await readChain(warehouse)).publications).toEqual([]);
    const [lost] = await warehouse.query<{ n: number }>(
      "SELECT count() AS n FROM shown_lost_points WHERE quarter = '2025Q2'",
    );

    const write = writeDirectly(warehouse);
    const closing = await closeQuarter({ warehouse, project, write, by: 'office' }, '2025Q3');
    expect(closing.publication.record).toMatchObject({ sequence: 3, quarter: '2025Q3', number: 1 });
    const { publications } = await readChain(warehouse);
    expect(publications.map(({ record }) => [record.sequence, record.quarter, record.published_at, record.by])).toEqual(
      [
        [1, '2025Q1', '2025-07-13T09:00:00.000000+08:00', 'unknown'],
        [2, '2025Q2', '2025-07-14T09:00:00.000000+08:00', 'unknown'],
        [3, '2025Q3', closing.publication.record.published_at, 'office'],
      ],
    );
    expect(publications[0]!.record.reason).toMatch(/which did cannot be known/);
    expect(publications[1]!.record.reason).toBe('');
    expect(await shown()).toEqual(['2025Q3 published', '2025Q2 published', '2025Q1 published']);
    const [after] = await warehouse.query<{ n: number }>(
      "SELECT count() AS n FROM shown_lost_points WHERE quarter = '2025Q2'",
    );
    expect(after).toEqual(lost);
    const [changed] = await warehouse.query(
      "SELECT total_exact FROM shown_unit_scores WHERE quarter = '2025Q1' AND unit = 'czj'",
    );
    expect(changed).toEqual({ total_exact: '99' });
  });

  it('are verified: what cannot be known fails the replay by name, everything else holds', async () => {
    const checks = await verifyPublications(warehouse, project, { replay: true });
    expect(checks.filter(({ ok }) => !ok).map(({ check, quarter }) => `${check} ${quarter}`)).toEqual([
      'scores 2025Q1',
    ]);
  });
});
