/** Lists that pages link to, with the events that stand in them (`ingest/tables/lists/`). */
export const STORED_LIST_TYPES = {
  plans: ['plan.filed'],
  tasks: ['task.created'],
  draw: ['draw.executed'],
  results: ['inspection.done', 'result.entered', 'result.published'],
  sgz: ['registration.pushed', 'push.claimed', 'push.receipt_fed_back', 'push.returned', 'push.return_confirmed'],
  attendance: ['meeting.held', 'meeting.attended'],
  materials: ['material.due', 'material.submitted'],
  'quarter-list': ['quarter_list.submitted'],
  'entry-inspector-registered': ['inspector.registered'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type StoredListId = keyof typeof STORED_LIST_TYPES;
