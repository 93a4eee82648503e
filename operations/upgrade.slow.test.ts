/**
 * From the release of November 2026: a warehouse that it filled comes up right without a re-import, keeps what was
 * published, and cannot be told from one that is filled anew. testing/upgrade/README.md says how it was made.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stagedEvents } from '@hengjian/models/runner/build-context.ts';
import { eventRows } from '@hengjian/models/runner/event-snapshot.ts';
import { loadProject } from '@hengjian/models/runner/project.ts';
import { type TemporaryWarehouse, temporaryWarehouse } from '@hengjian/warehouse/testing.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hengjian } from './testing/front-door.ts';

const fixture = join(import.meta.dirname, 'testing', 'upgrade');
const events = join(fixture, 'events.ndjson.gz');
const QUARTERS = ['2025Q1', '2025Q2'];

interface Scores {
  status: string;
  units: { unit: string; items: { item: string; numerator: number; denominator: number; on_time: number }[] }[];
}

const directory = mkdtempSync(join(tmpdir(), 'hengjian-upgrade-'));
let upgraded: TemporaryWarehouse;
let fresh: TemporaryWarehouse;
const envOf = ({ url }: TemporaryWarehouse) => ({ HENGJIAN_DATA_DIR: directory, CLICKHOUSE_URL: url });

async function run(where: TemporaryWarehouse, ...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await hengjian(args, envOf(where));
  expect(code, `${args.join(' ')}: ${stderr}`).toBe(0);
  return stdout;
}

beforeAll(async () => {
  [upgraded, fresh] = [await temporaryWarehouse(), await temporaryWarehouse()];
  await run(upgraded, 'restore', join(fixture, 'warehouse-2026-11.tar.gz'));
  await run(fresh, 'import', events);
  for (const where of [upgraded, fresh]) await run(where, 'refresh');
}, 300_000);
afterAll(async () => {
  await Promise.all([upgraded?.close(), fresh?.close()]);
  rmSync(directory, { recursive: true, force: true });
});

test('the published quarter shows what was published', async () => {
  const published = JSON.parse(readFileSync(join(fixture, 'published-2025Q1.json'), 'utf8')) as Scores;
  const shown = JSON.parse(await run(upgraded, 'score', '2025Q1', '--json')) as Scores;
  expect(shown).toMatchObject(published);
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
  const { graph } = loadProject();
  for (const { name, kind } of graph.models) {
    if (kind !== 'incremental' && kind !== 'table') continue;
    const [left, right] = await Promise.all(
      [upgraded, fresh].map(({ warehouse }) =>
        warehouse.query(
          `SELECT * FROM ${name} ${kind === 'incremental' ? 'WHERE quarter IN {quarters:Array(String)}' : ''} ORDER BY ALL`,
          { quarters: QUARTERS },
        ),
      ),
    );
    expect([name, left]).toEqual([name, right]);
  }
});

test('measures read the same of each event, and all of them', async () => {
  const project = loadProject();
  const [left, right] = await Promise.all(
    [upgraded, fresh].map(({ warehouse }) =>
      warehouse.query(
        `SELECT * EXCEPT recorded_at FROM ${stagedEvents(warehouse, project, eventRows('events', warehouse.database))} ORDER BY source, id`,
      ),
    ),
  );
  expect(left).toHaveLength(1737);
  expect(left).toEqual(right);
});

test('the same events again are duplicates', async () => {
  const counts = JSON.parse((await run(upgraded, 'import', events)).trim().split('\n').at(-1)!);
  expect(counts).toEqual({ read: 1737, accepted: 0, duplicate: 1737, rejected: 0 });
});
