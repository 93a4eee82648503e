import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { eventTypes } from './event-types.ts';

/** Contract §2: type → required members; with `subject` where the contract says so. */
const CONTRACT: Record<string, string> = {
  'login.succeeded': 'account',
  'entity.registered': 'subject name kind registered_on',
  'entity.cancelled': 'subject decided_on',
  'entity.revoked': 'subject decided_on',
  'registration.pushed': 'subject push_id bucket matters',
  'push.claimed': 'push_id',
  'push.returned': 'push_id',
  'push.return_confirmed': 'push_id',
  'push.voided': 'push_id reason',
  'push.outcome_fed_back': 'push_id outcome',
  'followup.checked': 'push_id checked_on finding',
  'licence.entered': 'subject doc_no decided_on kind',
  'penalty.entered': 'subject doc_no decided_on procedure kind',
  'dishonest.entered': 'subject doc_no decided_on list_kind',
  'record.published': 'record_id',
  'quarter_list.submitted': 'quarter kind rows',
  'unlicensed.reported': 'case_id',
  'unlicensed.handled': 'case_id',
  'library.updated': 'library count',
  'plan.filed': 'plan_id year',
  'task.created': 'task_id year scope lead directed',
  'draw.executed': 'task_id objects',
  'inspection.done': 'subject task_id',
  'result.entered': 'subject task_id codes',
  'result.published': 'subject task_id',
  'abnormal.listed': 'subject reason decided_on',
  'abnormal.removed': 'subject reason decided_on',
  'blacklist.listed': 'subject reason decided_on',
  'blacklist.removed': 'subject reason decided_on',
  'complaint.received': 'subject channel topic',
  'punishment.initiated': 'case_id',
  'punishment.received': 'case_id',
  'punishment.applied': 'case_id',
  'punishment.fed_back': 'case_id',
  'objection.filed': 'objection_id record_id',
  'objection.forwarded': 'objection_id record_id',
  'objection.verified': 'objection_id record_id',
  'objection.answered': 'objection_id record_id',
  'repair.applied': 'subject record_id',
  'repair.approved': 'subject record_id',
  'meeting.held': 'meeting_id required',
  'meeting.attended': 'meeting_id status',
  'material.due': 'obligation_id due_on required',
  'material.submitted': 'obligation_id',
  'mark.awarded': 'quarter item unit points reason approver',
  'outage.declared': 'from to units reason',
  'event.voided': 'event_source event_id reason',
  // publication.md §5
  'draft.shown': 'quarter shown_on',
  'score_objection.filed': 'objection_id quarter unit item grounds',
  'score_objection.answered': 'objection_id outcome reason',
  'score_objection.withdrawn': 'objection_id',
};

/** domain §3, beyond the contract. */
const NAMED =
  `enterprise.notified push.dispatched push.receipt_fed_back push.reminded guidance.given licence.changed registration.cancelled
  registration.revoked linkage.action subject.unreachable inspection.entered support.entered qualification.entered honour.entered arrears.entered
  payment.entered chattel_mortgage equity_pledge ip_pledge trademark.registered judicial.assist coercion.entered ban.entered false_material
  commitment.breached order.ignored accident.handled record.attached record.corrected verify.queried alert.realtime joint_plan.consulted
  draw.committed draw.objects_executed draw.inspectors_executed draw.adjusted result.closed publicity.suspended training.held account.provisioned
  mobile_inspection.used quality.checked risk.scored tier.changed risk.alert_raised risk.alert_assigned risk.disposed annual_report.filed
  simple_cancellation.objected subject.migrated clue.received supervision.issued audit.run score.computed score.published score.corrected
  circular.issued`.split(/\s+/);

test.each(Object.entries(CONTRACT))('%s demands %s', (type, members) => {
  const found = eventTypes.get(type)!;
  const required = (found.data as { required?: string[] }).required ?? [];
  const all = [...(found.subject === 'required' ? ['subject'] : []), ...required];
  expect(all.sort()).toEqual(members.split(' ').sort());
  expect(found.fixed).toBe(true);
});

test.each(NAMED)('%s is known and demands nothing', (type) => {
  const found = eventTypes.get(type)!;
  expect((found.data as { required?: string[] }).required ?? []).toEqual([]);
  expect(found.subject).not.toBe('required');
});

describe('the registry', () => {
  test('fixes exactly the types of the contract', () => {
    expect(
      [...eventTypes.values()]
        .filter(({ fixed }) => fixed)
        .map(({ type }) => type)
        .sort(),
    ).toEqual(Object.keys(CONTRACT).sort());
  });

  test('one file a family, each in the registry', () => {
    const registry = readFileSync(new URL('./event-types.ts', import.meta.url), 'utf8');
    const files = readdirSync(new URL('./families/', import.meta.url));
    expect([...registry.matchAll(/from '\.\/families\/([^']+)'/g)].map(([, file]) => file).sort()).toEqual(
      files.sort(),
    );
  });
});
