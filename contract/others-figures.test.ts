/** What the events of a limited key may say about others: every type, every declared member that names a unit or a stored thing. */
import { describe, expect, test } from 'vitest';
import { authorize } from './authorize.ts';
import { factMembers } from './facts/fact-form.ts';
import type { Owners } from './owners.ts';
import type { RuleLimits } from './rule-limits.ts';
import type { EventType } from './schema/event-type.ts';
import { eventTypes } from './schema/event-types.ts';
import { GRANTS, type Grant, type WriteRights } from './write-rights.ts';

/**
 * `others`: figures of others change by it, so that it takes a grant. `own`: rows of the acting unit alone, whatever stands in it. `unread`: no model sees it.
 */
type Decision = 'others' | 'own' | 'unread';

const TABLE: Record<string, Decision> = {
  // Units.
  'account.provisioned.unit': 'unread',
  'audit.run.unit': 'others',
  'circular.drafted.contact': 'others',
  'circular.issued.contact': 'others',
  'honour.entered.granted_by': 'unread',
  'joint_plan.consulted.dept': 'unread',
  'licence.changed.authority': 'unread',
  'mark.awarded.unit': 'others',
  'material.due.required': 'others',
  'meeting.held.required': 'others',
  'objection.forwarded.to_unit': 'others',
  'outage.declared.units': 'others',
  'punishment.initiated.implementers': 'others',
  // Subjects; a unit that found one answers for it itself.
  'punishment.applied.targets': 'own',
  'punishment.fed_back.targets': 'own',
  'punishment.initiated.targets': 'own',
  'punishment.received.targets': 'own',
  'push.dispatched.from_unit': 'others',
  // Handing on gives the other unit the right to act, and no figure.
  'push.dispatched.to_unit': 'own',
  'risk.alert_assigned.unit': 'others',
  'score_objection.filed.unit': 'others',
  'supervision.issued.unit': 'others',
  'task.created.lead': 'others',
  'task.created.participants': 'others',
  'training.held.unit': 'unread',
  // Stored things.
  'alert.realtime.case_id': 'unread',
  'draw.adjusted.task_id': 'others',
  'draw.committed.task_id': 'others',
  'draw.committed.frame_id': 'others',
  'draw.executed.task_id': 'others',
  'draw.inspectors_executed.task_id': 'others',
  'draw.objects_executed.task_id': 'others',
  'draw.published.task_id': 'others',
  'event.voided.event_id': 'others',
  'followup.checked.push_id': 'others',
  'guidance.given.push_id': 'others',
  'inspection.done.task_id': 'others',
  'inspection.entered.task_id': 'unread',
  'inspector.registered.inspector': 'own',
  'joint_plan.consulted.task_id': 'unread',
  'licence.entered.push_id': 'others',
  'linkage.action.trigger_event_id': 'own',
  'material.due.obligation_id': 'others',
  'material.submitted.obligation_id': 'own',
  'meeting.attended.meeting_id': 'own',
  'meeting.held.meeting_id': 'others',
  'mobile_inspection.used.task_id': 'unread',
  'objection.answered.objection_id': 'others',
  'objection.filed.objection_id': 'others',
  'objection.forwarded.objection_id': 'others',
  'objection.verified.objection_id': 'others',
  'plan.filed.plan_id': 'own',
  'publicity.suspended.record_id': 'unread',
  'punishment.applied.case_id': 'own',
  'punishment.fed_back.case_id': 'own',
  'punishment.initiated.case_id': 'others',
  'punishment.received.case_id': 'own',
  'push.claimed.push_id': 'others',
  'push.dispatched.push_id': 'others',
  'push.outcome_fed_back.push_id': 'others',
  'push.receipt_fed_back.push_id': 'others',
  'push.reminded.push_id': 'others',
  'push.return_confirmed.push_id': 'others',
  'push.returned.push_id': 'others',
  'push.voided.push_id': 'others',
  'quality.checked.rule_id': 'others',
  'record.attached.record_id': 'others',
  'record.corrected.record_id': 'unread',
  'record.published.record_id': 'others',
  'objection.answered.record_id': 'own',
  'objection.filed.record_id': 'own',
  'objection.forwarded.record_id': 'own',
  'objection.verified.record_id': 'own',
  'registration.pushed.push_id': 'others',
  'repair.applied.record_id': 'own',
  'repair.approved.record_id': 'own',
  'result.entered.task_id': 'others',
  'result.published.task_id': 'others',
  'risk.alert_assigned.alert_id': 'others',
  'risk.alert_disposed.alert_id': 'others',
  'risk.alert_raised.alert_id': 'others',
  'risk.disposed.alert_id': 'others',
  'score_objection.answered.objection_id': 'others',
  'score_objection.filed.objection_id': 'others',
  'score_objection.withdrawn.objection_id': 'others',
  'task.created.plan_id': 'own',
  'task.created.task_id': 'others',
  'unlicensed.handled.case_id': 'own',
  'unlicensed.reported.case_id': 'own',
};
/** Cases of a record are its key, of the unit that enters it. */
const OF_RECORDS = ['case_id', 'doc_no'];

interface Schema {
  format?: string;
  type?: string;
  items?: Schema;
  description?: string;
  readAs?: Schema;
}
const propertiesOf = ({ data }: EventType) =>
  Object.entries((data as unknown as { properties: Record<string, Schema> }).properties);

/** By its form, its name or what is said of it: rather one too many, which is then decided. */
function namesOthers([name, schema]: [string, Schema]): boolean {
  const form = schema.readAs ?? schema;
  return (
    form.format === 'unit' ||
    form.items?.format === 'unit' ||
    /(^|_)(unit|dept|department)s?($|_)|_id$/.test(name) ||
    /\bunits?\b|provider|authority|whom/.test(`${schema.description} ${form.items?.description}`)
  );
}
const isOfRecord = (type: EventType, name: string) =>
  OF_RECORDS.includes(name) && propertiesOf(type).some(([member]) => member === 'publish');
const found = [...eventTypes.values()].flatMap((type) =>
  propertiesOf(type)
    .filter(
      (property) => namesOthers(property) && (TABLE[`${type.type}.${property[0]}`] || !isOfRecord(type, property[0])),
    )
    .map(([name, schema]) => ({ type, name, schema: schema.readAs ?? schema, member: `${type.type}.${name}` })),
);

test('each member that may name others is decided; a new one is a decision to make', () => {
  expect(found.map(({ member }) => member).sort()).toEqual(Object.keys(TABLE).sort());
});

test('what no model sees has no form, so that it is no fact', () => {
  for (const { type, name, member } of found)
    if (TABLE[member] === 'unread') expect(factMembers(type.data).map((fact) => fact.name)).not.toContain(name);
});

const CZJ: Owners = {
  push: () => ({ units: ['czj'], sources: ['urn:b'] }),
  event: () => ({ unit: 'czj', type: 'login.succeeded' }),
  thing: () => ['czj'],
};
const SCJG: Owners = {
  push: () => ({ units: ['scjg'], sources: ['urn:a'] }),
  event: () => ({ unit: 'scjg', type: 'login.succeeded' }),
  thing: () => ['scjg'],
};
const key = (...may: Grant[]): WriteRights => ({ by: 'k', sources: ['urn:a'], units: ['scjg'], may });

function verdict(
  type: EventType,
  data: object,
  rights: WriteRights,
  owners: Owners,
  limits?: RuleLimits,
): string | undefined {
  const bytes = Buffer.from(JSON.stringify(data));
  const text = (value: string) => ({ text: value });
  const event = { bytes, dataStart: 0, dataEnd: bytes.length, type: text(type.type), source: text('urn:a') };
  return authorize({ ...event, department: text('scjg'), region: text('') }, rights, owners, limits)?.reason;
}

/** Of the acting unit's own, so that only the member in question is about others. */
const ofItself = ({ type }: EventType): Record<string, unknown> => ({
  ...(type === 'punishment.initiated' ? { implementers: ['scjg'] } : {}),
  ...(type === 'event.voided' ? { event_source: 'urn:a', event_id: 'e' } : {}),
});

describe.each(found.filter(({ member }) => TABLE[member] !== undefined))(
  '$member',
  ({ type, name, schema, member }) => {
    const inForm = (value: string) => (schema.type === 'array' ? [value] : value);
    const isThing = /_id$/.test(name);
    const about = (who: string) => ({ ...ofItself(type), [name]: inForm(isThing ? 'X' : who) });
    const others = verdict(type, about('czj'), key(), CZJ);
    test(`of others: ${TABLE[member]}`, () => {
      // Owners matter where it names a thing; a unit is named by the member itself.
      const told = isThing ? others : verdict(type, about('czj'), key(), SCJG);
      expect(told).toBe(TABLE[member] === 'others' ? 'not_granted' : undefined);
    });
    test('of its own: as far as its own acts go', () => {
      const own = verdict(type, about('scjg'), key(), SCJG);
      expect(own).toBe(type.actor === 'unit' || type.type === 'event.voided' ? undefined : 'not_granted');
    });
    test('with every grant but those of the product', () => {
      const granted = verdict(type, about('czj'), key('office', 'registry'), isThing ? CZJ : SCJG);
      // A push is voided by the source that pushed it; who acts is said by the envelope, whatever is granted.
      const stays =
        type.actor === 'product' ||
        (type.actor === 'registry' && type.type !== 'registration.pushed') ||
        type.actingUnit === name;
      expect(granted).toBe(stays ? 'not_granted' : undefined);
    });
  },
);

test.each([
  ['punishment.initiated', {}, 'none means all but the sender'],
  ['punishment.initiated', { implementers: [] }, 'none means all but the sender'],
  ['punishment.initiated', { implementers: 'scjg' }, 'of another form it is absent'],
  ['punishment.initiated', { implementers: [['scjg']] }, 'of another form it is absent'],
  ['punishment.initiated', { implementers: ['scjg', 'czj'] }, 'one of others is enough'],
  ['task.created', { lead: 'scjg', participants: ['scjg', 'czj'] }, 'one of others is enough'],
])('%s %j: %s', (type, data, _why) => {
  expect(verdict(eventTypes.get(type)!, data, key(), SCJG)).toBe('not_granted');
});

test.each([
  ['task.created', { lead: 'scjg' }],
  ['task.created', { lead: 'scjg', participants: [] }],
  ['objection.forwarded', {}],
  ['objection.forwarded', { to_unit: ['czj'] }],
])('%s %j is about nobody else', (type, data) => {
  expect(verdict(eventTypes.get(type)!, data, key(), SCJG)).toBeUndefined();
});

test('a key of several units may name each of them, and act on what is theirs', () => {
  const both: WriteRights = { ...key(), units: ['scjg', 'czj'] };
  const task = eventTypes.get('task.created')!;
  expect(verdict(task, { task_id: 'T', lead: 'scjg', participants: ['czj'] }, both, CZJ)).toBeUndefined();
  expect(verdict(eventTypes.get('inspection.done')!, { task_id: 'T' }, both, CZJ)).toBeUndefined();
});

/**
 * What a unit says of a push or a thing that is not there so far: `after`: refused, since it would count against whom it will be of, or
 * take it out of their hands; `ahead`: taken, since it can only count for them, or counts whether or not the thing comes.
 */
const AHEAD: Record<string, 'after' | 'ahead'> = {
  // Objects that the lead has then not inspected.
  'draw.executed': 'after',
  // The day of the decision moves the last day of the feedback.
  'push.outcome_fed_back': 'after',
  'licence.entered': 'after',
  // Whom it is handed on to may answer it.
  'push.dispatched': 'after',
  // The first of each counts: later ones of whose it is change nothing more, but none is late by it.
  'push.claimed': 'ahead',
  'push.returned': 'ahead',
  'push.receipt_fed_back': 'ahead',
  'followup.checked': 'ahead',
  'guidance.given': 'ahead',
  // It is due from whom it is forwarded to, and answered is answered, whoever says so.
  'objection.forwarded': 'after',
  'objection.verified': 'after',
  'objection.answered': 'after',
  'risk.disposed': 'after',
  'risk.alert_disposed': 'after',
  // A visit is one without a task too.
  'inspection.done': 'ahead',
  'result.entered': 'ahead',
  'result.published': 'ahead',
  // What they enter may be entered elsewhere: papers, registers of before.
  'record.attached': 'ahead',
  'record.published': 'ahead',
  'score_objection.withdrawn': 'ahead',
  // These begin it.
  'task.created': 'ahead',
  'punishment.initiated': 'ahead',
  'objection.filed': 'ahead',
  'risk.alert_raised': 'ahead',
  'score_objection.filed': 'ahead',
};
const ABOUT = {
  ...{ push_id: 'P', task_id: 'T', case_id: 'C', objection_id: 'O', alert_id: 'A', record_id: 'R' },
  ...{ implementers: ['scjg'], lead: 'scjg', unit: 'scjg' },
};
const NONE: Owners = { push: () => undefined, event: () => undefined, thing: () => undefined };

test('what may be sent ahead of what it speaks of is decided for each type', () => {
  const speaking = [...eventTypes.values()].filter(
    (type) =>
      type.actor === 'unit' && (type.upon !== undefined || propertiesOf(type).some(([name]) => name === 'push_id')),
  );
  expect(speaking.map(({ type }) => type).sort()).toEqual(Object.keys(AHEAD).sort());
  expect(GRANTS).toEqual(['registry', 'office', 'product']);
});

describe.each(Object.entries(AHEAD))('%s ahead of its thing: %s', (name, decision) => {
  const type = eventTypes.get(name)!;
  test('by a key of units', () => {
    expect(verdict(type, ABOUT, key(), NONE)).toBe(decision === 'after' ? 'not_granted' : undefined);
  });
  test('by a platform of every unit, by a grant, and of nothing at all', () => {
    expect(verdict(type, ABOUT, { ...key(), units: 'all' }, NONE)).toBeUndefined();
    expect(verdict(type, ABOUT, key('office', 'registry'), NONE)).toBeUndefined();
    const { push_id: _, ...rest } = ABOUT;
    if (name === 'licence.entered') expect(verdict(type, rest, key(), NONE)).toBeUndefined();
  });
  test('where a rule set counts it by itself', () => {
    expect(verdict(type, ABOUT, key(), NONE, { marks: {}, alone: [name] })).toBeUndefined();
  });
});
