/** What speaks of something that is not there is counted nowhere, of every event type and under every rule set, and is told. */
import { factMembers } from '@hengjian/contract/facts/fact-form.ts';
import { eventTypes } from '@hengjian/contract/schema/event-types.ts';
import { EVERYTHING } from '@hengjian/contract/scope.ts';
import { readBalances } from '@hengjian/models/queries/read-balance.ts';
import { loadProject } from '@hengjian/models/runner/project.ts';
import { refresh } from '@hengjian/models/runner/refresh.ts';
import { loadEvents, type TestEvent } from '@hengjian/models/testing/load-events.ts';
import { type TemporaryWarehouse, temporaryWarehouse } from '@hengjian/warehouse/testing.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readUncounted } from './uncounted-events.ts';

const RULE_SETS = ['nantong-etdz', 'nanjing', 'jieshou', 'national'];
/** A unit of each. */
const DEPARTMENTS = ['scjg', 'gsj'];
const project = loadProject({ ruleset: RULE_SETS.join(',') });

/** Ids by which an event begins something, or which only name what it is about itself: it counts whatever else is there. */
const BEGINS = [
  // Steps of the product's own draws, which it writes in their order; rule sets read none of them.
  'draw.committed.task_id',
  'draw.committed.frame_id',
  'draw.objects_executed.task_id',
  'draw.inspectors_executed.task_id',
  'draw.published.task_id',
  'draw.adjusted.task_id',
  'quality.checked.rule_id',
  'registration.pushed.push_id',
  'plan.filed.plan_id',
  'task.created.task_id',
  'task.created.plan_id',
  // Its result has to be published, whoever created the task.
  'inspection.done.task_id',
  'licence.entered.push_id',
  'meeting.held.meeting_id',
  'material.due.obligation_id',
  'punishment.initiated.case_id',
  'unlicensed.reported.case_id',
  'unlicensed.handled.case_id',
  'objection.filed.objection_id',
  'objection.filed.record_id',
  'objection.forwarded.objection_id',
  'objection.forwarded.record_id',
  'objection.verified.record_id',
  'objection.answered.record_id',
  'risk.alert_raised.alert_id',
  'risk.alert_assigned.alert_id',
  'repair.applied.record_id',
  'repair.approved.record_id',
  // Read by the pages of objections, not by scores.
  'score_objection.filed.objection_id',
  'score_objection.answered.objection_id',
  'score_objection.withdrawn.objection_id',
];

const X = 'nobody-knows';
/** Further members without which the door would refuse it. */
const REFERS: Record<string, Record<string, unknown>> = {
  'push.claimed': { push_id: X },
  'push.returned': { push_id: X },
  'push.return_confirmed': { push_id: X },
  'push.voided': { push_id: X, reason: 'r' },
  'push.outcome_fed_back': { push_id: X, outcome: 'refused' },
  'followup.checked': { push_id: X, checked_on: '2025-04-10', finding: 'f' },
  'push.dispatched': { push_id: X },
  'push.receipt_fed_back': { push_id: X },
  'push.reminded': { push_id: X, level: 'on' },
  'record.published': { record_id: X },
  'record.attached': { record_id: X },
  'draw.executed': { task_id: X, objects: [] },
  'result.entered': { task_id: X, codes: ['1'] },
  'result.published': { task_id: X },
  'punishment.received': { case_id: X },
  'punishment.applied': { case_id: X },
  'punishment.fed_back': { case_id: X },
  'objection.verified': { objection_id: X, record_id: X },
  'objection.answered': { objection_id: X, record_id: X },
  'meeting.attended': { meeting_id: X, status: 'present' },
  'material.submitted': { obligation_id: X },
  'event.voided': { event_source: 'urn:x', event_id: X, reason: 'r' },
  'risk.disposed': { alert_id: X },
  'risk.alert_disposed': { alert_id: X },
  'linkage.action': { trigger_event_id: X },
  // Of a subject that nobody registered.
  'annual_report.filed': { year: 2024 },
};
/** Units that no rule set knows. */
const NAMES: Record<string, Record<string, unknown>> = {
  'mark.awarded': { quarter: '2025Q2', item: 'dr_single', unit: X, points: 1, reason: 'r', approver: 'a' },
  'meeting.held': { meeting_id: 'M-x', required: [X] },
  'material.due': { obligation_id: 'B-x', due_on: '2025-04-20', required: [X] },
  'outage.declared': { from: '2025-04-10', to: '2025-04-10', units: [X], reason: 'r' },
  'punishment.initiated': { case_id: 'C-x', implementers: [X] },
  'objection.forwarded': { objection_id: 'O-x', record_id: 'r', to_unit: X },
  'task.created': { task_id: 'T-x', year: 2025, scope: 'joint', lead: X, participants: [X], directed: false },
};
/** Where a unit’s own step counts, whoever began the case or created the task. */
const COUNTS_ALONE: Record<string, string[]> = {
  'draw.executed': ['nanjing', 'jieshou'],
  'punishment.received': ['jieshou'],
  'punishment.applied': ['nanjing', 'jieshou'],
  'punishment.fed_back': ['jieshou'],
};

const SUBJECT = '91350100M000100Y43';
/** Pushed to nobody. */
const OTHER = '91320600MA1DEM015E';
let serial = 0;
const event = (type: string, department: string, data: Record<string, unknown>): TestEvent => ({
  id: `${type}-${++serial}`,
  source: 'https://t.example/x',
  type,
  time: '2025-04-10T09:00:00+08:00',
  department,
  subject: SUBJECT,
  data,
});
const everywhere = (type: string, data: Record<string, unknown>) => DEPARTMENTS.map((one) => event(type, one, data));

/** Things that are there, and what speaks of them. */
const present = (): TestEvent[] => [
  event('risk.alert_raised', 'scjg', { alert_id: 'Y' }),
  event('risk.disposed', 'scjg', { alert_id: 'Y' }),
  { ...event('entity.cancelled', 'gsj', { decided_on: '2025-04-09' }), id: 'Y' },
  event('linkage.action', 'scjg', { trigger_event_id: 'Y' }),
  event('event.voided', 'office', { event_source: 'urn:later', event_id: 'Y', reason: 'r' }),
  { ...event('complaint.received', 'scjg', { channel: 'c', topic: 't' }), source: 'urn:later', id: 'Y' },
  event('meeting.held', 'office', { meeting_id: 'Y', required: ['scjg'] }),
  event('meeting.attended', 'scjg', { meeting_id: 'Y', status: 'present' }),
  event('material.due', 'office', { obligation_id: 'Y', due_on: '2025-04-20', required: ['scjg'] }),
  event('material.submitted', 'scjg', { obligation_id: 'Y' }),
  event('objection.filed', 'scjg', { objection_id: 'Y', record_id: 'Y' }),
  event('objection.answered', 'scjg', { objection_id: 'Y', record_id: 'Y' }),
  event('punishment.initiated', 'gsj', { case_id: 'Y' }),
  event('punishment.fed_back', 'scjg', { case_id: 'Y' }),
  event('registration.pushed', 'scjg', { push_id: 'Y', bucket: 'licensed', matters: [] }),
  event('push.claimed', 'scjg', { push_id: 'Y' }),
  event('enterprise.notified', 'scjg', {}),
  event('penalty.entered', 'scjg', { doc_no: '〔2025〕Y', decided_on: '2025-04-09', procedure: 'general', kind: 'k' }),
  event('record.published', 'scjg', { record_id: '(2025) Y' }),
  event('task.created', 'scjg', { task_id: 'Y', year: 2025, scope: 'single', lead: 'scjg', directed: false }),
  event('result.entered', 'scjg', { task_id: 'Y', codes: ['1'] }),
];

test('each id that the models read begins something or refers to something; a new one is a decision to make', () => {
  const ids = [...eventTypes.values()].flatMap(({ type, data }) =>
    factMembers(data).flatMap(({ name, readAs }) =>
      // Of records cases are their own key.
      name.endsWith('_id') && !(name === 'case_id' && readAs) ? [`${type}.${name}`] : [],
    ),
  );
  const refers = Object.entries(REFERS).flatMap(([type, data]) =>
    Object.keys(data).flatMap((name) => (name.endsWith('_id') ? [`${type}.${name}`] : [])),
  );
  expect(ids.sort()).toEqual([...new Set([...BEGINS, ...refers])].sort());
});

describe('under all rule sets at once', () => {
  let temporary: TemporaryWarehouse;
  const told = async () =>
    (await readUncounted(temporary.warehouse, EVERYTHING)).map(({ kind, value }) => `${kind} ${value}`);
  beforeAll(async () => {
    temporary = await temporaryWarehouse();
    await loadEvents(temporary.warehouse, [
      ...Object.entries({ ...REFERS }).flatMap(([type, data]) => everywhere(type, data)),
      ...Object.entries({ ...NAMES }).flatMap(([type, data]) => everywhere(type, data)),
      event('login.succeeded', 'CZJ', { account: 'a' }),
      { ...event('enterprise.notified', 'scjg', {}), subject: OTHER },
      ...present(),
    ]);
    await refresh(temporary.warehouse, project);
  });
  afterAll(() => temporary?.close());

  test.each(RULE_SETS)('%s counts none of them', async (ruleset) => {
    const balances = await readBalances(temporary.warehouse, ruleset);
    const balance = balances.find(({ quarter }) => quarter === '2025Q2')!;
    const sent = DEPARTMENTS.length * (Object.keys(REFERS).length + Object.keys(NAMES).length) + 2 + present().length;
    const not = balance.not_counted.reduce((sum, { events }) => sum + events, 0);
    expect(balance).toMatchObject({ events: sent, counted: sent - not });
    const lacking = Object.keys({ ...REFERS, ...NAMES }).filter((type) => {
      const of = balance.not_counted.filter((one) => one.type === type).reduce((sum, { events }) => sum + events, 0);
      return of < DEPARTMENTS.length;
    });
    expect(lacking.sort()).toEqual(
      Object.keys(COUNTS_ALONE)
        .filter((type) => COUNTS_ALONE[type]!.includes(ruleset))
        .sort(),
    );
  });

  test('what no rule set that reads its type can count is told, also where others do not read it', async () => {
    // Nothing is said of what is there, nor of units that a rule set knows that does not read the type.
    expect((await told()).sort()).toEqual([
      `unknown_alert ${X}`,
      `unknown_event ${X}`,
      `unknown_meeting ${X}`,
      `unknown_objection ${X}`,
      `unknown_obligation ${X}`,
      `unknown_push ${X}`,
      `unknown_record ${X}`,
      `unknown_subject ${OTHER}`,
      `unknown_subject ${SUBJECT}`,
      `unknown_task ${X}`,
      `unknown_trigger ${X}`,
      'unknown_unit CZJ',
      `unknown_unit ${X}`,
    ]);
  });
});
