import type { Uncounted, UnknownKind } from '../queries/uncounted-events.ts';
import type { EventsUncounted } from './alert.ts';

const KINDS: readonly UnknownKind[] = ['unknown_unit', 'unknown_push', 'unknown_task', 'unknown_item', 'unknown_event'];

/** One alert a kind of what is not known, whatever the number of ids. */
export function uncountedAlerts(uncounted: readonly Uncounted[]): EventsUncounted[] {
  return KINDS.flatMap((kind) => {
    const found = uncounted.filter((one) => one.kind === kind);
    const [most] = found;
    if (!most) return [];
    const first = found.reduce((a, b) => (b.since < a.since ? b : a));
    return [
      {
        alert: 'events_uncounted' as const,
        kind,
        n: found.reduce((sum, { events }) => sum + events, 0),
        values: found.length,
        value: most.value,
        since: first.since,
        example: most.example,
      },
    ];
  });
}
