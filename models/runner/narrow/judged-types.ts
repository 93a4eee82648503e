/** Whose verdict in the balance of events (mart_event_balance) events of a type can change: what is unknown may have come, what stood may be gone. */
import { factMembers } from '@hengjian/contract/facts/fact-form.ts';
import { eventTypes } from '@hengjian/contract/schema/event-types.ts';

const namePushes = [...eventTypes.values()]
  .filter(({ data }) => factMembers(data).some(({ name }) => name === 'push_id'))
  .map(({ type }) => type);
const ofTasks = ['draw.executed', 'result.entered', 'result.published'];

/** By the type of what they speak of. */
const SPEAK_OF: Record<string, readonly string[]> = {
  'registration.pushed': [...namePushes, 'enterprise.notified'],
  'entity.registered': ['annual_report.filed'],
  'task.created': ofTasks,
  'inspection.done': ofTasks,
  'meeting.held': ['meeting.attended'],
  'material.due': ['material.submitted'],
  'punishment.initiated': ['punishment.received', 'punishment.applied', 'punishment.fed_back'],
  'punishment.applied': ['punishment.fed_back'],
  'objection.filed': ['objection.answered'],
  'objection.forwarded': ['objection.answered'],
  'risk.alert_raised': ['risk.disposed', 'risk.alert_disposed'],
  'entity.cancelled': ['linkage.action'],
  'entity.revoked': ['linkage.action'],
  'subject.unreachable': ['linkage.action'],
};
/** These may speak of an event of any type; until when a mark counts the calendar says, which knows more from day to day. */
const ALWAYS = ['event.voided', 'record.attached', 'record.published', 'mark.awarded'];

export function judgedTypes(changed: readonly string[]): string[] {
  return [...new Set([...changed, ...changed.flatMap((type) => SPEAK_OF[type] ?? []), ...ALWAYS])].sort();
}
