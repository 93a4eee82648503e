import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type TemporaryWarehouse, temporaryWarehouse } from '@hengjian/warehouse/testing.ts';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadCalendar } from '../calendar/load-calendar.ts';
import { withParameters } from '../ruleset/rule-set.ts';
import { loadProject, type Project } from '../runner/project.ts';
import { refresh } from '../runner/refresh.ts';
import { loadEvents, readEvents, type TestEvent } from '../testing/load-events.ts';
import { marts } from '../testing/marts.ts';
import { DEFAULT_READING, type Reading } from '../testing/oracle/district.ts';
import { randomLog } from '../testing/oracle/random-district.ts';
import { oracleScores } from '../testing/oracle/score-oracle.ts';

const QUARTERS = ['2025Q1', '2025Q2'];
const calendar = loadCalendar();
const sample = fileURLToPath(new URL('../../samples/nantong-sample.ndjson.gz', import.meta.url));

const reading: fc.Arbitrary<Reading> = fc.record({
  'login.dayBasis': fc.constantFrom('workday', 'calendar'),
  'claim.cohort': fc.constantFrom('due', 'pushed'),
  'claim.returned': fc.constantFrom('confirmed leaves', 'counts as handled'),
  'timely.mode': fc.constantFrom('share', 'all'),
  'timely.of': fc.constantFrom('claimed', 'due'),
  'full90.mode': fc.constantFrom('jump', 'scaled'),
  'due.source': fc.constantFrom('union', 'list', 'platform'),
  zeroDue: fc.constantFrom('full', 'reallocate'),
  'joint.ge2': fc.constantFrom('sub-part full', 'item full'),
  'realloc.scaleTimely': fc.boolean(),
});

function expected(events: readonly TestEvent[], quarter: string, changes: Partial<Reading>) {
  return oracleScores(events, quarter, calendar, changes)
    .map(({ unit, rank, total, items }) => ({
      unit,
      rank,
      total: total.toString(),
      items: [...items]
        .map(([item, { weight, points, numerator, denominator, onTime }]) => ({
          item,
          weight: weight.toString(),
          points: points.toString(),
          numerator: typeof numerator === 'number' ? numerator : Number(numerator.num) / Number(numerator.den),
          denominator,
          onTime,
        }))
        .sort((a, b) => (a.item < b.item ? -1 : 1)),
    }))
    .sort((a, b) => (a.unit < b.unit ? -1 : 1));
}

describe('the models against an independent oracle', () => {
  let temporary: TemporaryWarehouse;
  let project: Project;
  beforeAll(async () => {
    temporary = await temporaryWarehouse();
    project = loadProject();
  });
  afterAll(() => temporary.close());

  it('agree on the sample, and both with its answers', async () => {
    const events = readEvents(sample);
    await loadEvents(temporary.warehouse, events);
    await refresh(temporary.warehouse, project, { slices: 5 });
    for (const quarter of QUARTERS) {
      const built = await marts(temporary.warehouse, quarter);
      const answers = JSON.parse(
        readFileSync(new URL(`../../samples/nantong-sample.${quarter}.scores.json`, import.meta.url), 'utf8'),
      );
      expect(built.map(({ unit, rank, total }) => [unit, rank, total])).toEqual(
        answers.units
          .map((unit: { unit: string; rank: number; total_exact: string }) => [unit.unit, unit.rank, unit.total_exact])
          .sort(),
      );
      for (const unit of answers.units) {
        const items = built.find((candidate) => candidate.unit === unit.unit)!.items;
        expect(items.map((item) => item.item)).toEqual(unit.items.map((item: { item: string }) => item.item).sort());
        for (const item of unit.items) {
          const found = items.find((candidate) => candidate.item === item.item)!;
          expect([unit.unit, found.item, found.numerator, found.denominator, found.onTime]).toEqual([
            unit.unit,
            item.item,
            item.numerator,
            item.denominator,
            item.on_time,
          ]);
          const [num, den = '1'] = found.points.split('/') as [string, string?];
          expect(Math.abs(Number(num) / Number(den) - item.points)).toBeLessThan(1e-9);
        }
      }
    }
  });

  it('agree that a void which is itself voided never happened, to any depth', async () => {
    const event = (id: string, type: string, time: string, data: Record<string, unknown>): TestEvent => ({
      source: 'test://chain',
      id,
      type,
      time: `2025-04-${time}:00:00+08:00`,
      department: 'czj',
      data,
    });
    const voids = (id: string, target: string, time: string) =>
      event(id, 'event.voided', time, { event_source: 'test://chain', event_id: target, reason: 'r' });
    const login = (id: string, day: string) => event(id, 'login.succeeded', `${day}T09`, { account: 'a' });
    const events = [
      ...[login('one', '01'), login('two', '02'), login('three', '03'), login('self', '07'), login('ring', '08')],
      voids('v1', 'one', '10T10'),
      ...[voids('v2', 'two', '10T10'), voids('w2', 'v2', '10T11')],
      ...[voids('v3', 'three', '10T10'), voids('w3', 'v3', '10T11'), voids('x3', 'w3', '10T12')],
      ...[voids('vs', 'self', '10T10'), voids('ws', 'ws', '10T11')],
      ...[
        voids('vr', 'ring', '10T10'),
        voids('wr', 'vr', '10T11'),
        voids('xr', 'wr', '10T11'),
        voids('yr', 'xr', '10T12'),
      ],
    ];
    await temporary.warehouse.command('TRUNCATE TABLE events');
    await temporary.warehouse.command('TRUNCATE TABLE recorded_batches');
    await loadEvents(temporary.warehouse, events);
    await refresh(temporary.warehouse, project, { quarters: ['2025Q2'] });
    const built = await marts(temporary.warehouse, '2025Q2');
    // Only "two" (its void was voided) and "ring" (void, voided, that voided, that voided again) still stand.
    const ours = built.find(({ unit }) => unit === 'czj')!.items.find(({ item }) => item === 'login')!;
    expect(ours.numerator).toBe(2);
    expect(built).toEqual(expected(events, '2025Q2', DEFAULT_READING));
  });

  it('does not depend on the order of arrival when two systems send the same id at the same time', async () => {
    const mark = (source: string, points: number): TestEvent => ({
      source,
      id: '1',
      type: 'mark.awarded',
      time: '2025-06-30T10:00:00+08:00',
      department: 'office',
      data: { unit: 'scjg', quarter: '2025Q2', item: 'dr_single', points, reason: 'r', approver: 'a' },
    });
    const marks = [mark('test://a', 1), mark('test://b', 2), mark('test://c', 3)];
    for (const arrival of [marks, marks.toReversed(), [marks[1]!, marks[2]!, marks[0]!]]) {
      await temporary.warehouse.command('TRUNCATE TABLE events');
      await temporary.warehouse.command('TRUNCATE TABLE recorded_batches');
      for (const one of arrival) await loadEvents(temporary.warehouse, [one]);
      await refresh(temporary.warehouse, project, { quarters: ['2025Q2'] });
      const built = await marts(temporary.warehouse, '2025Q2');
      const marked = built.flatMap(({ unit, items }) =>
        items.filter(({ item, points }) => item === 'dr_single' && points !== '0').map(({ points }) => [unit, points]),
      );
      expect(marked).toEqual([['scjg', '3']]);
    }
  });

  it('agree on random districts under random readings', { timeout: 600_000 }, async () => {
    const runs = Number(process.env.ORACLE_RUNS ?? 6);
    await fc.assert(
      fc.asyncProperty(randomLog(), fc.oneof(fc.constant(DEFAULT_READING), reading), async (events, changes) => {
        // Raw events are never removed in life; a log of the same length would pass for the one before.
        await temporary.warehouse.command('TRUNCATE TABLE events');
        await temporary.warehouse.command('TRUNCATE TABLE recorded_batches');
        await loadEvents(temporary.warehouse, events);
        const changed = { ...project, ruleSet: withParameters(project.ruleSet, { ...changes }) };
        await refresh(temporary.warehouse, changed, { quarters: QUARTERS });
        for (const quarter of QUARTERS)
          expect(await marts(temporary.warehouse, quarter)).toEqual(expected(events, quarter, changes));
      }),
      { numRuns: runs, endOnFailure: true },
    );
  });
});
