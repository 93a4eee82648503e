/**
 * Limits that change on a day: whatever begins counts in exactly one quarter, that of the deadline by the limit in force on the day it began,
 * however the day lies and whether the limit grows, shrinks, begins or ends.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TemporaryWarehouse, temporaryWarehouse } from '@hengjian/warehouse/testing.ts';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addDays, type Day } from '../calendar/day.ts';
import { loadCalendar } from '../calendar/load-calendar.ts';
import { parsePeriod } from '../calendar/period.ts';
import { loadEvents, type TestEvent } from '../testing/load-events.ts';
import { loadProject } from './project.ts';
import { buildWhatIf } from './what-if.ts';

const calendar = loadCalendar();
const QUARTERS = ['2025Q1', '2025Q2', '2025Q3', '2025Q4'];
const now = new Date('2026-02-03T00:00:00Z');
/** What began on each of these is due within the four quarters by every limit. */
const DAYS = Array.from({ length: 305 }, (_, n) => addDays('2025-01-01', n)).filter((day) => day < '2025-10-01');

type Limit = number | null;
interface Change {
  on: Day;
  before: Limit;
  after: Limit;
}
/** Near the seams of the quarters, and anywhere. */
const day = fc.oneof(
  fc.constantFrom('2025-07-01', '2025-06-30', '2025-04-01', '2025-06-20', '2025-07-05'),
  fc.constantFrom(...DAYS),
);
const limit = fc.oneof(fc.integer({ min: 0, max: 25 }), fc.constant(null));
const changes: Change[] = [
  { on: '2025-07-01', before: 20, after: 10 },
  { on: '2025-07-01', before: 10, after: 20 },
  { on: '2025-07-01', before: null, after: 10 },
  { on: '2025-07-01', before: 10, after: null },
  ...fc.sample(fc.record({ on: day, before: limit, after: limit }), { numRuns: 12, seed: 15 }),
];

const dated = ({ on, before, after }: { on: Day; before: unknown; after: unknown }) =>
  `[{ value: ${before} }, { from: ${on}, value: ${after} }]`;
const head = (id: string) => `id: ${id}
version: "1"
name: { zh: 示例市, en: Example }
source: 例
in_force: { from: null, to: null }
badges: { small_n: 10 }
units:
  - { id: a, name: 甲局, duties: [licence, entry] }
`;
const rates = `${head('rates')}parameters:
  records: [penalty.entered]
  publish.types: [penalty.entered]
  publish.from: ${dated({ on: '2025-07-01', before: 'produced', after: 'entry' })}
  attach.of: ${dated({ on: '2025-07-01', before: 'entered', after: 'due' })}
  followup.days: ${dated({ on: '2025-05-10', before: 60, after: 20 })}
  publish.deadlineWorkdays: 5
${changes.map((one, n) => `  claim${n}.deadlineWorkdays: ${dated(one)}`).join('\n')}
items:
${[
  ...changes.map((_, n) => [`claim${n}`, 'push_claim', 'licence']),
  ['followup', 'push_followup', 'licence'],
  ['publish', 'record_publication', 'entry'],
  ['attach', 'record_attachment', 'entry'],
]
  .map(
    ([id, measure, duty]) =>
      `  - { id: ${id}, name: { zh: 项, en: Item }, duty: [${duty}], clause: 一, parts: [{ id: rate, kind: rate, measure: ${measure}, clause: 一 }] }`,
  )
  .join('\n')}
`;
const points = `${head('points').replace(', entry', '')}parameters:
  claim.deadlineWorkdays: ${dated({ on: '2025-07-01', before: 20, after: 5 })}
  claim.cohort: ${dated({ on: '2025-04-01', before: 'due', after: 'pushed' })}
  feedback.deadlineWorkdays: ${dated({ on: '2025-07-03', before: 5, after: 15 })}
  feedback.undecidedDays: ${dated({ on: '2025-06-15', before: 40, after: 10 })}
  publication.deadlineWorkdays: ${dated({ on: '2025-07-01', before: 20, after: 10 })}
items:
${['claim', 'feedback', 'publication']
  .map(
    (measure, n) =>
      `  - { id: ${measure}, name: { zh: 项, en: Item }, weight: ${n === 0 ? 40 : 30}, duty: [licence], receives_reallocation: true, clause: 一, parts: [{ id: done, kind: ratio, measure: ${measure}, points: ${n === 0 ? 40 : 30}, shown: true, clause: 一 }] }`,
  )
  .join('\n')}
`;

const base = { source: 'test://limits', department: 'a', subject: '91320100MA1XYWG030' };
/** Of each day a push (every second one with a decision three days later) and an inspection; a penalty that is entered four days later. */
const events = DAYS.flatMap((pushed, n): TestEvent[] => {
  const at = (later: number) => `${addDays(pushed, later)}T10:00:00+08:00`;
  const push = { push_id: pushed, bucket: 'licensed', matters: ['m'] };
  return [
    { ...base, id: `p${n}`, type: 'registration.pushed', time: at(0), data: push },
    { ...base, id: `c${n}`, type: 'push.claimed', time: at(1), data: { push_id: pushed } },
    ...(n % 2
      ? [
          {
            ...base,
            id: `f${n}`,
            type: 'push.outcome_fed_back',
            time: at(3),
            data: { push_id: pushed, outcome: 'licensed', decided_on: addDays(pushed, 3) },
          },
        ]
      : []),
    { ...base, id: `i${n}`, type: 'inspection.done', time: at(0), data: { task_id: pushed, result: 'ok' } },
    {
      ...base,
      id: `d${n}`,
      type: 'penalty.entered',
      time: at(4),
      data: { doc_no: pushed, decided_on: pushed, procedure: 'general' },
    },
  ];
});

/** Measure and key → quarters in which it counts. */
const found = new Map<string, string[]>();
let temporary: TemporaryWarehouse;
beforeAll(async () => {
  temporary = await temporaryWarehouse();
  const directory = join(temporary.dataDir, 'rulesets');
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, 'rates.yaml'), rates);
  writeFileSync(join(directory, 'points.yaml'), points);
  await loadEvents(temporary.warehouse, events);
  for (const ruleset of ['rates', 'points']) {
    const project = loadProject({ dataDir: temporary.dataDir, ruleset });
    for (const quarter of QUARTERS) {
      const built = await buildWhatIf(temporary.warehouse, project, parsePeriod(quarter)!, { now });
      try {
        const rows = await built.warehouse.query<{ measure: string; key: string }>(
          'SELECT measure, key FROM int_obligations WHERE ruleset = {ruleset:String} AND quarter = {quarter:String}',
          { ruleset, quarter },
        );
        for (const { measure, key } of rows)
          found.set(`${measure} ${key}`, [...(found.get(`${measure} ${key}`) ?? []), quarter]);
      } finally {
        await built.drop();
      }
    }
  }
}, 600_000);
afterAll(() => temporary?.close());

const after = (start: Day, workdays: Limit) => (workdays ? calendar.addWorkdays(start, workdays) : start);
const quarterOf = (at: Day) => `${at.slice(0, 4)}Q${Math.ceil(Number(at.slice(5, 7)) / 3)}`;
/** Of each day the quarter in which it has to count. */
const expectEach = (measure: string, due: (start: Day, n: number) => Day | null) => {
  const wrong = DAYS.map((start, n) => {
    const day = due(start, n);
    return { start, found: found.get(`${measure} ${start}`) ?? [], wanted: day === null ? [] : [quarterOf(day)] };
  });
  expect(wrong.filter((one) => String(one.found) !== String(one.wanted))).toEqual([]);
};
const on = <T>(change: { on: Day; before: T; after: T }, at: Day): T => (at < change.on ? change.before : change.after);

describe('each thing counts in exactly one quarter', () => {
  it.each(changes.map((change, n) => ({ ...change, n })))('limit $before, from $on $after', ({ n, ...change }) => {
    expectEach(`push_claim:claim${n}`, (start) => after(start, on(change, start)));
  });

  it('a visit within sixty days, then twenty', () => {
    // None is due where a decision came in time.
    expectEach('push_followup', (start, n) =>
      n % 2 ? null : addDays(start, on({ on: '2025-05-10', before: 60, after: 20 }, start)),
    );
  });

  it('records whose clock starts when they are produced, then when they are entered, and the other way round', () => {
    expectEach('record_publication:publish', (start) => after(start < '2025-07-01' ? start : addDays(start, 4), 5));
    expectEach('record_attachment:attach', (start) => (start < '2025-07-01' ? addDays(start, 4) : start));
  });

  it('with points: claims by the deadline, then by the push; feedback on decided and undecided pushes; publication', () => {
    expectEach('claim', (start) => (start < '2025-04-01' ? after(start, 20) : start));
    expectEach('feedback', (start, n) => {
      if (n % 2 === 0) return addDays(start, on({ on: '2025-06-15', before: 40, after: 10 }, start));
      const decided = addDays(start, 3);
      return after(decided, on({ on: '2025-07-03', before: 5, after: 15 }, decided));
    });
    expectEach('publication', (start) => after(start, on({ on: '2025-07-01', before: 20, after: 10 }, start)));
  });
});
