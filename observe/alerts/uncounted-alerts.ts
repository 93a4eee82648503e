import { UNCOUNTED_KINDS, type Uncounted } from '../queries/uncounted-events.ts';
import type { EventsUncounted } from './alert.ts';

/** One alert a kind of what is not known, whatever the number of ids. */
export function uncountedAlerts(uncounted: readonly Uncounted[]): EventsUncounted[] {
  return UNCOUNTED_KINDS.flatMap((kind) => {
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
