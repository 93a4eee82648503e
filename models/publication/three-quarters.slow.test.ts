/** Three quarters of the sample, published one after the other as they ended, then replayed from the raw log. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { EVERYTHING, type Scope } from '@hengjian/contract/scope.ts';
import type { Warehouse } from '@hengjian/warehouse';
import { migrate } from '@hengjian/warehouse/migrate.ts';
import { type TemporaryWarehouse, temporaryWarehouse } from '@hengjian/warehouse/testing.ts';
import Fraction from 'fraction.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadProject } from '../runner/project.ts';
import { refresh } from '../runner/refresh.ts';
import { scoreYear } from '../scoring/score-year.ts';
import { loadEvents, readEvents, type TestEvent } from '../testing/load-events.ts';
import { writeDirectly } from '../testing/write-directly.ts';
import { DEFAULT_TEXTS, issueCircular } from './circulars.ts';
import { closeQuarter } from './close-quarter.ts';
import { correctQuarter } from './correct-quarter.ts';
import type { Publisher } from './publish.ts';
import { PUBLICATION_SOURCE } from './published-event.ts';
import { readChain } from './read-chain.ts';
import { verifyPublications } from './verify-publications.ts';

const samples = join(import.meta.dirname, '..', '..', 'samples');
const events = readEvents(join(samples, 'nantong-sample.ndjson.gz'));
const QUARTERS = [
  ['2024Q4', '2025-02-03'],
  ['2025Q1', '2025-05-06'],
  ['2025Q2', '2025-08-30'],
] as const;
const project = loadProject();
/** Each build waits for two cores. */
const MINUTES_10 = 600_000;

interface Answers {
  units: { unit: string; rank: number; total_exact: string; items: { item: string; numerator: number | null }[] }[];
}

describe('three published quarters', { timeout: MINUTES_10 }, () => {
  let temporary: TemporaryWarehouse;
  const publisher = (warehouse: Warehouse, day: string): Publisher => ({
    warehouse,
    project,
    write: writeDirectly(warehouse, `${day} 09:00:00.000000`),
    by: 'office',
    now: new Date(`${day}T09:00:00+08:00`),
  });
  const verify = (warehouse: Warehouse) => verifyPublications(warehouse, project, { replay: true });
  const tables = (warehouse: Warehouse) =>
    Promise.all(
      ['publications', 'published_unit_scores', 'published_item_scores', 'published_lost_points'].map((table) =>
        warehouse.query(
          `SELECT count() AS n, sum(cityHash64(*)) AS digest FROM (SELECT * FROM ${table} ORDER BY ALL) SETTINGS output_format_json_quote_64bit_integers = 1`,
        ),
      ),
    );
  /** An empty warehouse that gets the raw log and nothing else. */
  async function replayed(name: string): Promise<Warehouse> {
    const copy = await temporary.warehouse.scratch(name);
    await migrate(copy);
    await copy.command(`INSERT INTO events SELECT * FROM ${temporary.warehouse.database}.events`);
    await refresh(copy, project);
    return copy;
  }

  beforeAll(async () => {
    temporary = await temporaryWarehouse();
    let from = '';
    for (const [quarter, day] of QUARTERS) {
      const until = `${day}T00:00:00`;
      const ended = events.filter(({ time }) => time >= from && time < until);
      await loadEvents(temporary.warehouse, ended, `${day} 08:00:00.000000`);
      from = until;
      await closeQuarter(publisher(temporary.warehouse, day), quarter);
    }
  }, MINUTES_10);
  afterAll(() => temporary.close());

  it.each(['2025Q1', '2025Q2'])('%s is published with the right answers', async (quarter) => {
    const answers = JSON.parse(readFileSync(join(samples, `nantong-sample.${quarter}.scores.json`), 'utf8')) as Answers;
    const { publications } = await readChain(temporary.warehouse);
    const { snapshot } = publications.find(({ record }) => record.quarter === quarter)!;
    const key = (unit: Answers['units'][number]) => [
      unit.unit,
      unit.rank,
      unit.total_exact,
      unit.items.map(({ item, numerator }) => `${item} ${numerator}`).sort(),
    ];
    expect(snapshot.units.map((unit) => key({ ...unit, rank: unit.rank!, total_exact: unit.total! }))).toEqual(
      answers.units.map(key).sort(([a], [b]) => (a! < b! ? -1 : 1)),
    );
  });

  it('is verified, and replayed from the raw log into an empty warehouse with the same hashes', async () => {
    const checks = await verify(temporary.warehouse);
    expect(checks.filter(({ ok }) => !ok)).toEqual([]);
    expect(checks.filter(({ check }) => check === 'scores' || check === 'events')).toHaveLength(6);
    const copy = await replayed('replayed_log');
    expect((await verify(copy)).filter(({ ok }) => !ok)).toEqual([]);
    expect(await tables(copy)).toEqual(await tables(temporary.warehouse));
    await copy.drop();
    await copy.close();
  });

  it('comes to the same scores and events when it is published anew from the same events', async () => {
    const copy = await temporary.warehouse.scratch('published_anew');
    await migrate(copy);
    await loadEvents(copy, events, '2025-08-30 08:00:00.000000');
    const again = await closeQuarter(publisher(copy, '2025-08-30'), '2025Q2');
    const { publications } = await readChain(temporary.warehouse);
    const first = publications.find(({ record }) => record.quarter === '2025Q2')!;
    expect(again.publication.record.snapshot_sha256).toBe(first.record.snapshot_sha256);
    expect(again.publication.record.events).toEqual(first.record.events);
    await copy.drop();
    await copy.close();
  });

  it('brings its tables back when they are dropped', async () => {
    const before = await tables(temporary.warehouse);
    for (const table of ['publications', 'published_unit_scores', 'published_item_scores', 'published_lost_points'])
      await temporary.warehouse.command(`DROP TABLE ${table} SYNC`);
    await refresh(temporary.warehouse, project);
    expect(await tables(temporary.warehouse)).toEqual(before);
  });

  it('gives the year as the mean of the published quarters', async () => {
    const year = await scoreYear(temporary.warehouse, EVERYTHING, project, 2025);
    expect(year.quarters).toEqual(['2025Q1', '2025Q2']);
    const totals = (await readChain(temporary.warehouse)).publications
      .filter(({ record }) => record.quarter.startsWith('2025'))
      .map(({ snapshot }) => new Fraction(snapshot.units.find(({ unit }) => unit === 'czj')!.total!));
    expect(year.units.find(({ unit }) => unit === 'czj')!.total_exact).toBe(
      totals[0]!.add(totals[1]!).div(2).toFraction(),
    );
    // The rule set may ask for other years: 59 and 61 workdays had the two quarters.
    const by = async (aggregation: string) => {
      const { ruleSet } = project;
      const asked = { ...ruleSet, parameters: { ...ruleSet.parameters, 'year.agg': aggregation } };
      const { quarters, units } = await scoreYear(
        temporary.warehouse,
        EVERYTHING,
        { ...project, ruleSet: asked } as typeof project,
        2025,
      );
      return [quarters, units.find(({ unit }) => unit === 'czj')!.total_exact];
    };
    const weighted = totals[0]!.mul(59).add(totals[1]!.mul(61)).div(120);
    expect(await by('weighted')).toEqual([['2025Q1', '2025Q2'], weighted.toFraction()]);
    expect(await by('last')).toEqual([['2025Q2'], totals[1]!.toFraction()]);
  });

  it('gives nobody a year with drafts who does not see every unit of them', async () => {
    const year = (scope: Scope) => scoreYear(temporary.warehouse, scope, project, 2025, { drafts: 'always' });
    const whole = await year(EVERYTHING);
    expect(whole.drafts).not.toEqual([]);
    expect(whole.units[0]).toMatchObject({ rank: 1, name_en: expect.stringMatching(/[A-Z]/) });
    const last = whole.units.at(-1)!.unit;
    const own = await year({ account: 'u', roles: ['unit'], units: [last], areas: 'all' });
    expect(own.drafts).toEqual([]);
    expect(own.units.find(({ unit }) => unit === last)!.rank).toBeGreaterThan(1);
    expect((await year({ ...EVERYTHING, areas: ['320671001'] })).drafts).toEqual([]);
  });

  it('is changed by late, voided and repeated events in the correction only', async () => {
    const hashes = async () => (await readChain(temporary.warehouse)).publications.map((one) => one.recordSha256);
    const before = await hashes();
    const published = await tables(temporary.warehouse);
    const { late, voiding, voided } = lateEvents();
    await loadEvents(temporary.warehouse, [late, voiding], '2025-09-10 08:00:00.000000');
    // Again with another content: the stored one counts.
    await writeDirectly(temporary.warehouse)([{ ...events[0]!, time: '2025-05-05T05:05:05+08:00' }]);
    await refresh(temporary.warehouse, project);
    expect(await tables(temporary.warehouse)).toEqual(published);
    expect((await verify(temporary.warehouse)).filter(({ ok }) => !ok)).toEqual([]);

    const { publication, changes } = await correctQuarter(
      publisher(temporary.warehouse, '2025-09-10'),
      '2025Q2',
      'late and voided events',
    );
    expect(publication.record).toMatchObject({ sequence: 4, number: 2, kind: 'corrected', previous: before.at(-1) });
    expect((await hashes()).slice(0, 3)).toEqual(before);
    const caused = changes.flatMap(({ unit, item, events: causes }) => causes.map(({ id }) => `${unit} ${item} ${id}`));
    expect(caused).toContain(`${late.department} login ${late.id}`);
    expect(caused).toContain(`${voided.department} login ${voiding.id}`);
    expect(new Set(changes.flatMap(({ events: causes }) => causes.map(({ id }) => id)))).toEqual(
      new Set([late.id, voiding.id]),
    );
    expect((await verify(temporary.warehouse)).filter(({ ok }) => !ok)).toEqual([]);
  });

  it('is missed when its event is deleted, also the newest', async () => {
    const { warehouse } = temporary;
    const [newest] = (await readChain(warehouse)).publications.slice(-1);
    const write = writeDirectly(warehouse);
    const file = { format: 'pdf' as const, sha256: 'ab'.repeat(32), bytes: 1 };
    await issueCircular({ publication: newest!, texts: DEFAULT_TEXTS, write, by: 'office' }, file);
    await warehouse.command(
      "ALTER TABLE events DELETE WHERE type LIKE 'score.%' AND source = {source:String} AND id = {id:String} SETTINGS mutations_sync = 2",
      { source: PUBLICATION_SOURCE, id: String(newest!.record.sequence) },
    );
    const missing = async () =>
      (await verifyPublications(warehouse, project, { replay: false }))
        .filter(({ ok }) => !ok)
        .map(({ check, detail }) => `${check}: ${detail.split(':')[0]}`);
    expect(await missing()).toEqual(['chain: publication 4 is missing']);
    await expect(verifyPublications(warehouse, project, { quarter: '2024Q1', replay: false })).resolves.toContainEqual(
      expect.objectContaining({ check: 'chain', ok: false }),
    );
    // The refresh after it derives the table from what is left; the circular still tells.
    await refresh(warehouse, project);
    expect(await missing()).toEqual(['chain: a publication is missing']);
  });
});

/** A login on a workday without one, and a void of the only login of another unit's day. */
function lateEvents(): { late: TestEvent; voiding: TestEvent; voided: TestEvent } {
  const voidedIds = new Set(events.filter(({ type }) => type === 'event.voided').map(({ data }) => data.event_id));
  const logins = events.filter(
    ({ type, time, id }) =>
      type === 'login.succeeded' && time >= '2025-05-06' && time < '2025-06-21' && !voidedIds.has(id),
  );
  const days = [...new Set(logins.map(({ time }) => time.slice(0, 10)))].filter((day) =>
    project.calendar.isWorkday(day),
  );
  const on = (unit: string, day: string) =>
    logins.filter(({ department, time }) => department === unit && time.startsWith(day));
  const units = [...new Set(logins.map(({ department }) => department))].sort();
  const missing = units.flatMap((unit) =>
    days.filter((day) => on(unit, day).length === 0).map((day) => ({ unit, day })),
  )[0]!;
  const voided = units
    .filter((unit) => unit !== missing.unit)
    .flatMap((unit) => days.flatMap((day) => (on(unit, day).length === 1 ? on(unit, day) : [])))[0]!;
  const office = { source: 'test://office', department: 'scjg', time: '2025-07-01T09:00:00+08:00' };
  return {
    late: {
      id: 'late-login',
      source: 'test://late',
      type: 'login.succeeded',
      time: `${missing.day}T10:00:00+08:00`,
      department: missing.unit,
      data: { account: 'a' },
    },
    voiding: {
      id: 'voiding',
      type: 'event.voided',
      ...office,
      data: { event_source: voided.source, event_id: voided.id, reason: 'entered by mistake' },
    },
    voided,
  };
}
