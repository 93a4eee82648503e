/** Small random logs that crowd the corners of the rules: few ids, boundary moments, voids of voids, doubled and re-sent events. */
import * as fc from 'fast-check';
import type { TestEvent } from '../load-events.ts';

const SOURCE = 'test://district';
const UNITS = ['xzsp', 'scjg', 'shsy'];
const SUBJECTS = ['91320100MA1XYWG030', '91320600MA1DEM015E', '91320671MA20DEM26Y'];
/** Local days around quarter ends, cut-offs, holidays and a make-up workday. */
const DAYS = [
  '2024-12-20',
  '2024-12-27',
  '2025-01-02',
  '2025-01-20',
  '2025-01-26',
  '2025-02-05',
  '2025-02-08',
  '2025-03-03',
  '2025-03-21',
  '2025-03-25',
  '2025-03-31',
  '2025-04-01',
  '2025-04-03',
  '2025-04-08',
  '2025-04-10',
  '2025-04-11',
  '2025-04-22',
  '2025-04-27',
  '2025-05-06',
  '2025-05-12',
  '2025-06-03',
  '2025-06-20',
  '2025-06-23',
  '2025-06-27',
  '2025-06-30',
  '2025-07-01',
  '2025-07-09',
  '2025-07-10',
] as const;
const day = fc.constantFrom(...DAYS);
const unit = fc.constantFrom(...UNITS);
const subject = fc.constantFrom(...SUBJECTS);
const pushId = fc.constantFrom('P1', 'P2', 'P3', 'P4', 'P5', 'P6');
const taskId = fc.constantFrom('T1', 'T2', 'T3');
const docNo = fc.constantFrom('D1', 'D2', 'D3', 'D4');
const units = fc.subarray(UNITS);
const quarter = fc.constantFrom('2025Q1', '2025Q2');
const record = fc.record;

/** First and last microsecond of a day among ordinary times, some written in UTC. */
const moment = fc
  .tuple(
    day,
    fc.constantFrom('00:00:00+08:00', '23:59:59.999999+08:00', '10:30:00+08:00', '16:00:00.000001+08:00', 'utc'),
  )
  .map(([at, clock]) =>
    clock === 'utc' ? `${new Date(Date.parse(`${at}T02:15:00+08:00`)).toISOString().slice(0, 19)}Z` : `${at}T${clock}`,
  );

type Shape = Pick<TestEvent, 'type' | 'data'> & { subject?: string };
const shape = (
  type: string,
  data: fc.Arbitrary<Record<string, unknown>>,
  withSubject?: fc.Arbitrary<string>,
): fc.Arbitrary<Shape> =>
  withSubject
    ? fc.tuple(data, withSubject).map(([d, s]) => ({ type, data: d, subject: s }))
    : data.map((d) => ({ type, data: d }));

const optionalDay = fc.option(day, { nil: undefined });
const SHAPES: { weight: number; arbitrary: fc.Arbitrary<Shape> }[] = [
  { weight: 6, arbitrary: shape('login.succeeded', fc.constant({ account: 'a' })) },
  {
    weight: 12,
    arbitrary: shape(
      'registration.pushed',
      record({
        push_id: pushId,
        bucket: fc.constantFrom('licensed', 'licensed', 'licensed', 'unlicensed'),
        matters: fc.constant([]),
      }),
      subject,
    ),
  },
  { weight: 9, arbitrary: shape('push.claimed', record({ push_id: pushId })) },
  { weight: 1, arbitrary: shape('push.returned', record({ push_id: pushId })) },
  { weight: 1, arbitrary: shape('push.return_confirmed', record({ push_id: pushId })) },
  { weight: 1, arbitrary: shape('push.voided', record({ push_id: pushId, reason: fc.constant('r') })) },
  {
    weight: 7,
    arbitrary: shape(
      'push.outcome_fed_back',
      record({ push_id: pushId, outcome: fc.constant('licensed'), decided_on: optionalDay }),
    ),
  },
  {
    weight: 5,
    arbitrary: shape(
      'licence.entered',
      record({
        doc_no: docNo,
        decided_on: day,
        kind: fc.constant('x'),
        push_id: fc.option(pushId, { nil: undefined }),
      }),
      subject,
    ),
  },
  {
    weight: 3,
    arbitrary: shape(
      'penalty.entered',
      record({ doc_no: docNo, decided_on: day, procedure: fc.constant('general'), kind: fc.constant('x') }),
      subject,
    ),
  },
  {
    weight: 3,
    arbitrary: shape(
      'dishonest.entered',
      record({ doc_no: docNo, decided_on: day, list_kind: fc.constant('x') }),
      subject,
    ),
  },
  {
    weight: 4,
    arbitrary: shape(
      'quarter_list.submitted',
      record({
        quarter,
        kind: fc.constantFrom('licence', 'dishonest'),
        rows: fc.array(record({ uscc: subject, doc_no: docNo, decided_on: day }), { maxLength: 4 }),
      }),
    ),
  },
  { weight: 3, arbitrary: shape('unlicensed.reported', record({ case_id: fc.constantFrom('U1', 'U2', 'U3') })) },
  {
    weight: 6,
    arbitrary: shape(
      'library.updated',
      record({
        library: fc.constantFrom('items', 'objects', 'inspectors'),
        count: fc.constantFrom(0, 1, 2, 9),
        approved_by_legal: fc.boolean(),
        approved_by_office: fc.constant(true),
      }),
    ),
  },
  {
    weight: 2,
    arbitrary: shape('plan.filed', record({ plan_id: fc.constant('PL'), year: fc.constantFrom(2025, 2024) })),
  },
  {
    weight: 4,
    arbitrary: shape(
      'task.created',
      record({
        task_id: taskId,
        year: fc.constantFrom(2025, 2025, 2024),
        scope: fc.constantFrom('single', 'joint'),
        lead: unit,
        participants: units,
        directed: fc.boolean(),
      }),
    ),
  },
  { weight: 4, arbitrary: shape('draw.executed', record({ task_id: taskId, objects: fc.subarray(SUBJECTS) })) },
  { weight: 5, arbitrary: shape('inspection.done', record({ task_id: taskId }), subject) },
  { weight: 3, arbitrary: shape('result.published', record({ task_id: taskId }), subject) },
  { weight: 2, arbitrary: shape('meeting.held', record({ meeting_id: fc.constantFrom('M1', 'M2'), required: units })) },
  {
    weight: 2,
    arbitrary: shape(
      'meeting.attended',
      record({ meeting_id: fc.constantFrom('M1', 'M2'), status: fc.constant('excused') }),
    ),
  },
  {
    weight: 3,
    arbitrary: shape(
      'material.due',
      record({ obligation_id: fc.constantFrom('O1', 'O2', 'O3'), due_on: day, required: units }),
    ),
  },
  { weight: 2, arbitrary: shape('material.submitted', record({ obligation_id: fc.constantFrom('O1', 'O2', 'O3') })) },
  {
    weight: 3,
    arbitrary: shape(
      'mark.awarded',
      record({
        quarter,
        item: fc.constantFrom('unlicensed', 'dr_single'),
        unit,
        points: fc.constantFrom(0, 1, 2.5, 4.75, 5, 6, 7),
        reason: fc.constant('r'),
        approver: fc.constant('a'),
      }),
    ),
  },
  { weight: 1, arbitrary: shape('outage.declared', record({ from: day, to: day, units, reason: fc.constant('r') })) },
  {
    weight: 5,
    arbitrary: shape(
      'event.voided',
      record({
        event_source: fc.constant(SOURCE),
        event_id: fc.nat({ max: 90 }).map((n) => `e${n}`),
        reason: fc.constant('r'),
      }),
    ),
  },
];

const event = fc.tuple(fc.oneof(...SHAPES), moment, unit);

/** Logs of up to `maxLength` events with ids e0, e1, … */
export function randomLog(maxLength = 90): fc.Arbitrary<TestEvent[]> {
  return fc.array(event, { minLength: 30, maxLength }).map((drawn) =>
    drawn.map(([{ type, data, subject: about }, time, department], n) => ({
      id: `e${n}`,
      source: SOURCE,
      type,
      time,
      department,
      ...(about ? { subject: about } : {}),
      data: JSON.parse(JSON.stringify(data)) as Record<string, unknown>,
    })),
  );
}
