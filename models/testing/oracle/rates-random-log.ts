/**
 * Small random logs that crowd the corners of rulesets.md: few ids, boundary moments, regions known and unknown, members
 * of other forms, voids of voids and circles of them, two systems with the same ids.
 */
import * as fc from 'fast-check';
import type { TestEvent } from '../load-events.ts';
import type { RateDistrict } from './rates-districts.ts';

const SUBJECTS = ['91320100MA1XYWG030', '91320600MA1DEM015E', '91320671MA20DEM26Y'];
const SOURCES = ['test://a', 'test://b'];

/** Local days around quarter ends, cut-offs, holidays, windows of back-fill, and years without a notice. */
const EVENT_DAYS =
  `2018-08-15 2018-08-16 2018-08-31 2020-09-28 2020-09-29 2023-12-28 2024-12-20 2024-12-31 2025-01-02 2025-01-26 2025-02-05 2025-02-08 2025-02-27
  2025-03-03 2025-03-21 2025-03-31 2025-04-01 2025-04-03 2025-04-08 2025-04-10 2025-04-11 2025-04-25 2025-04-27 2025-05-06 2025-05-08
  2025-05-12 2025-06-03 2025-06-09 2025-06-20 2025-06-23 2025-06-27 2025-06-30 2025-07-01 2025-07-09 2025-07-10`.split(
    /\s+/,
  );
const DECISION_DAYS =
  `2009-05-05 2014-09-30 2014-10-01 2017-12-31 2018-01-01 2018-03-31 2018-04-01 2018-08-31 2018-09-01 2020-06-27 2020-06-28 2023-12-29
  2024-12-25 2025-01-20 2025-02-27 2025-03-25 2025-03-31 2025-04-01 2025-04-14 2025-05-20 2025-06-18 2025-06-20 2025-06-30`.split(
    /\s+/,
  );

const record = fc.record;
const oneOf = fc.constantFrom;
const eventDay = oneOf(...EVENT_DAYS);
const decisionDay = oneOf(...DECISION_DAYS);
/** Half of the days lie in the quarters that are asked for. */
const day = fc.oneof(eventDay, oneOf(...EVENT_DAYS.slice(8)));
const subject = fc.oneof({ weight: 5, arbitrary: oneOf(...SUBJECTS) }, { weight: 1, arbitrary: oneOf(SUBJECTS[0]!) });
const hostile = oneOf<unknown>(null, 0, -1, 1.5, '', 'x', '2025-02-30', true, [], [7], {}, { push_id: 'P1' });
const id = (prefix: string, n: number) => fc.integer({ min: 1, max: n }).map((i) => `${prefix}${i}`);
/** A lenient member: mostly of its form, sometimes of another, sometimes not there. */
const lenient = (form: fc.Arbitrary<unknown>) =>
  fc.oneof(
    { weight: 12, arbitrary: form },
    { weight: 1, arbitrary: hostile },
    { weight: 1, arbitrary: oneOf(undefined) },
  );
const optional = (form: fc.Arbitrary<unknown>) => fc.option(form, { nil: undefined });

const moment = fc
  .tuple(day, oneOf('00:00:00', '23:59:59.999999', '10:30:00', '10:30:00', '16:00:00.000001', 'utc'))
  .map(([at, clock]) =>
    clock === 'utc'
      ? `${new Date(Date.parse(`${at}T02:15:00+08:00`)).toISOString().slice(0, 19)}Z`
      : `${at}T${clock}+08:00`,
  );

interface Shape {
  type: string;
  data: fc.Arbitrary<Record<string, unknown>>;
  subject?: fc.Arbitrary<string | undefined>;
  weight?: number;
}

const push = id('P', 4);
const recordId = fc.oneof(
  id('K', 3),
  id('C', 2),
  fc.nat({ max: 90 }).map((n) => `e${n}`),
);
const licenceKind = oneOf('核准', '核准', '变更', '注销', '撤销', '吊销');

function pushShapes(): Shape[] {
  const about = (type: string, more: Record<string, fc.Arbitrary<unknown>> = {}, weight = 3): Shape => ({
    type,
    data: record({ push_id: push, ...more }),
    weight,
  });
  return [
    {
      type: 'registration.pushed',
      data: record({ push_id: push, bucket: oneOf('licensed', 'licensed', 'unlicensed'), matters: fc.constant([]) }),
      subject,
      weight: 10,
    },
    about('push.claimed', {}, 4),
    about('push.return_confirmed', {}, 1),
    about('push.voided', { reason: fc.constant('r') }, 1),
    about('push.outcome_fed_back', {
      outcome: oneOf('licensed', 'refused', 'not_applied'),
      decided_on: optional(decisionDay),
    }),
    about('followup.checked', { checked_on: day, finding: fc.constant('f') }),
    { type: 'push.receipt_fed_back', data: record({ push_id: lenient(push) }), weight: 3 },
    { type: 'push.dispatched', data: record({ push_id: lenient(push) }), weight: 3 },
    {
      type: 'push.reminded',
      data: record({ push_id: lenient(push), level: lenient(oneOf('before', 'on', 'after')) }),
      weight: 3,
    },
    { type: 'enterprise.notified', data: fc.constant({}), subject: optionalSubject, weight: 2 },
  ];
}

const optionalSubject = fc.option(subject, { nil: undefined, freq: 6 });

function registrationShapes(): Shape[] {
  const members = { name: fc.constant('n'), kind: fc.constant('k'), industry: fc.constant('F') };
  const registered = oneOf('2023-12-31', '2024-12-31', '2025-01-01');
  const decided = record({ decided_on: decisionDay });
  const trigger = lenient(fc.nat({ max: 90 }).map((n) => `e${n}`));
  return [
    { type: 'entity.registered', data: record({ ...members, registered_on: registered }), subject, weight: 4 },
    { type: 'entity.cancelled', data: decided, subject, weight: 4 },
    { type: 'entity.revoked', data: decided, subject, weight: 2 },
    { type: 'linkage.action', data: record({ trigger_event_id: trigger }), subject: optionalSubject, weight: 6 },
    { type: 'subject.unreachable', data: fc.constant({}), subject: optionalSubject, weight: 4 },
    { type: 'annual_report.filed', data: record({ year: lenient(oneOf(2024, 2025)) }), subject: optionalSubject },
  ];
}

function recordShapes({ records }: RateDistrict): Shape[] {
  const doc = id('K', 3);
  const publish = lenient(fc.boolean());
  const free = records
    .filter((type) => !/^(licence|penalty|dishonest)\.entered$|listed$|^punishment\./.test(type))
    .map((type) => ({
      type,
      data: record({
        decided_on: lenient(decisionDay),
        doc_no: fc.oneof(lenient(doc), oneOf(undefined)),
        case_id: optional(lenient(id('C', 2))),
        publish,
      }),
      subject: optionalSubject,
    }));
  return [
    {
      type: 'licence.entered',
      data: record({
        doc_no: doc,
        decided_on: decisionDay,
        kind: licenceKind,
        push_id: optional(push),
        publish,
        valid_to: lenient(oneOf('2020-06-27', '2020-06-28', '2030-01-01')),
      }),
      subject,
      weight: 9,
    },
    {
      type: 'penalty.entered',
      data: record({
        doc_no: doc,
        decided_on: decisionDay,
        procedure: oneOf('general', 'summary', 'unknown'),
        kind: oneOf('x'),
        publish,
      }),
      subject,
      weight: 5,
    },
    {
      type: 'dishonest.entered',
      data: record({ doc_no: doc, decided_on: decisionDay, list_kind: oneOf('x'), publish }),
      subject,
      weight: 2,
    },
    {
      type: 'abnormal.listed',
      data: record({ reason: oneOf('r'), decided_on: decisionDay, doc_no: optional(lenient(doc)), publish }),
      subject,
      weight: 2,
    },
    ...free.slice(0, 6),
    { type: 'record.published', data: record({ record_id: recordId }), subject: optionalSubject, weight: 6 },
    { type: 'record.attached', data: record({ record_id: lenient(recordId) }), subject: optionalSubject, weight: 6 },
    {
      type: 'quarter_list.submitted',
      data: record({
        quarter: oneOf('2018Q2', '2025Q1', '2025Q2'),
        kind: oneOf('licence', 'dishonest'),
        rows: fc.array(record({ uscc: subject, doc_no: doc, decided_on: decisionDay }), { maxLength: 3 }),
      }),
      weight: 4,
    },
    {
      type: 'quality.checked',
      data: record({
        rule_id: lenient(id('DQ', 2)),
        n: lenient(oneOf(0, 5, 9, 10, 1000)),
        failed: lenient(oneOf(0, 0, 1, 5, 7)),
      }),
      weight: 4,
    },
  ];
}

function caseShapes(units: readonly string[]): Shape[] {
  const punishment = { case_id: id('C', 3), targets: optional(fc.subarray(SUBJECTS)) };
  const implementers = lenient(fc.oneof(fc.subarray([...units.slice(0, 3), 'nobody']), oneOf<unknown>(['x', 1])));
  const objection = { objection_id: id('O', 2), record_id: id('K', 3) };
  const alert = record({ alert_id: lenient(id('R', 3)) });
  const task = { task_id: id('T', 2) };
  return [
    { type: 'punishment.initiated', data: record({ ...punishment, implementers }), weight: 3 },
    { type: 'punishment.received', data: record(punishment), weight: 4 },
    { type: 'punishment.applied', data: record({ ...punishment, decided_on: lenient(decisionDay) }), weight: 6 },
    { type: 'punishment.fed_back', data: record(punishment), weight: 3 },
    { type: 'verify.queried', data: record({ hit: lenient(fc.boolean()) }), subject: optionalSubject, weight: 4 },
    { type: 'objection.filed', data: record(objection), weight: 2 },
    {
      type: 'objection.forwarded',
      data: record({ ...objection, to_unit: lenient(oneOf(...units.slice(0, 3), 'nobody')) }),
      weight: 2,
    },
    { type: 'objection.answered', data: record(objection), weight: 2 },
    { type: 'risk.alert_raised', data: alert, weight: 2 },
    { type: 'risk.disposed', data: alert },
    { type: 'risk.alert_disposed', data: alert },
    {
      type: 'library.updated',
      data: record({ library: oneOf('items', 'objects', 'inspectors'), count: oneOf(0, 1, 2) }),
      weight: 5,
    },
    { type: 'plan.filed', data: record({ plan_id: oneOf('PL'), year: oneOf(2024, 2025) }), weight: 2 },
    {
      type: 'task.created',
      data: record({
        ...task,
        year: oneOf(2024, 2025),
        scope: oneOf('single', 'joint'),
        lead: oneOf(...units),
        directed: oneOf(false),
      }),
      weight: 2,
    },
    { type: 'draw.executed', data: record({ ...task, objects: fc.subarray(SUBJECTS) }), weight: 3 },
    { type: 'inspection.done', data: record(task), subject, weight: 5 },
    { type: 'result.published', data: record(task), subject, weight: 4 },
    { type: 'unlicensed.reported', data: record({ case_id: id('U', 3) }), weight: 3 },
    { type: 'unlicensed.handled', data: record({ case_id: id('U', 3) }), weight: 3 },
    {
      type: 'material.due',
      data: record({ obligation_id: id('M', 2), due_on: day, required: fc.subarray([...units]) }),
      weight: 2,
    },
    { type: 'material.submitted', data: record({ obligation_id: id('M', 2) }), weight: 2 },
  ];
}

function officeShapes(units: readonly string[]): Shape[] {
  const days = fc.tuple(day, day).map(([a, b]) => (a < b ? { from: a, to: b } : { from: b, to: a }));
  return [
    {
      type: 'outage.declared',
      data: fc
        .tuple(days, fc.subarray([...units, 'nobody']))
        .filter(([{ from }]) => from > '2024')
        .map(([span, out]) => ({ ...span, units: out, reason: 'r' })),
    },
    {
      type: 'event.voided',
      data: record({
        event_source: oneOf(...SOURCES),
        event_id: fc.nat({ max: 90 }).map((n) => `e${n}`),
        reason: oneOf('r'),
      }),
      weight: 8,
    },
  ];
}

/** Logs of up to `maxLength` events with ids e0, e1, …, now and then the same id from another system. */
export function randomRateLog(district: RateDistrict, maxLength = 110): fc.Arbitrary<TestEvent[]> {
  const units = district.units.map(({ id: unit }) => unit).slice(0, 5);
  const groups = [pushShapes(), registrationShapes(), recordShapes(district), caseShapes(units), officeShapes(units)];
  /** A log has a theme: events of one group come more often, so that chains of them close. */
  const shapesOf = (theme: number) =>
    groups.flatMap((group, n) =>
      group.map(({ type, data, subject: about, weight = 1 }) => ({
        weight: n === theme ? 4 * weight : weight,
        arbitrary: fc.tuple(oneOf(type), data, about ?? oneOf(undefined, undefined, 'free text')),
      })),
    );
  const covered = district.units.flatMap(({ regions }) => regions).slice(0, 3);
  const regions = covered.flatMap((code) => [code, `${code}003`, `${code}-x`]);
  const department = oneOf(...units, ...units.slice(0, 2), 'nobody', 'county-a', 'county-b');
  const region = oneOf(undefined, '999999', ...regions, ...regions);
  const event = (theme: number) =>
    fc.tuple(fc.oneof(...shapesOf(theme)), moment, department, region, oneOf(0, 0, 0, 0, 0, 0, 0, 1));
  const drawnEvents = oneOf(0, 1, 2, 3).chain((theme) => fc.array(event(theme), { minLength: 60, maxLength }));
  return drawnEvents.map((drawn) =>
    withVoidsOfVoids(
      withTriggers(
        drawn.map(([[type, data, about], time, from, area, other], n) => ({
          id: `e${other && n > 0 ? n - 1 : n}`,
          source: SOURCES[other]!,
          type,
          time,
          department: from,
          ...(area ? { region: area } : {}),
          ...(about ? { subject: about } : {}),
          data: JSON.parse(JSON.stringify(data)) as Record<string, unknown>,
        })),
      ),
    ),
  );
}

/** Of some hundred events a void names another void hardly ever: every third names the next one, which in half of the logs names it back. */
function withVoidsOfVoids(events: readonly TestEvent[]): TestEvent[] {
  const voids = events.filter(({ type }) => type === 'event.voided');
  return events.map((event) => {
    const n = voids.indexOf(event);
    const step = n % 3 === 0 ? 1 : n % 3 === 1 && voids.length % 2 === 1 ? -1 : 0;
    const named = n < 0 || step === 0 ? undefined : voids[n + step];
    if (!named) return event;
    const { source, id } = named;
    return { ...event, data: { ...event.data, event_source: source, event_id: id } };
  });
}

/** Most linked actions name an event that can be named, half of them with its subject. */
function withTriggers(events: readonly TestEvent[]): TestEvent[] {
  const triggers = events.filter(({ type }) => /^(entity\.(cancelled|revoked)|subject\.unreachable)$/.test(type));
  return events.map((event) => {
    const named = /^e(\d+)$/.exec(String(event.data.trigger_event_id));
    if (event.type !== 'linkage.action' || !named || triggers.length === 0) return event;
    const trigger = triggers[Number(named[1]) % triggers.length]!;
    const same = Number(named[1]) % 4 !== 0 && trigger.subject ? { subject: trigger.subject } : {};
    return { ...event, ...same, data: { ...event.data, trigger_event_id: trigger.id } };
  });
}
