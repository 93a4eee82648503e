/** Groups of a subject's records, as people look for them. */
export const EVENT_GROUPS = ['registration', 'licence', 'inspection', 'sanction', 'other'] as const;
export type EventGroup = (typeof EVENT_GROUPS)[number];

const BEGINNINGS: readonly [string, EventGroup][] = [
  ['entity.', 'registration'],
  ['registration.', 'registration'],
  ['push.', 'registration'],
  ['followup.', 'registration'],
  ['licence.', 'licence'],
  ['draw.', 'inspection'],
  ['inspection.', 'inspection'],
  ['result.', 'inspection'],
  ['penalty.', 'sanction'],
  ['dishonest.', 'sanction'],
  ['abnormal.', 'sanction'],
  ['blacklist.', 'sanction'],
  ['punishment.', 'sanction'],
  ['repair.', 'sanction'],
  ['record.', 'sanction'],
  ['objection.', 'sanction'],
];

export function eventGroup(type: string): EventGroup {
  return BEGINNINGS.find(([beginning]) => type.startsWith(beginning))?.[1] ?? 'other';
}
