/** What a unit can still do, as its desk shows it. */
import { addDays } from '@hengjian/models/calendar/day.ts';

export type DueGroup = 'over' | 'today' | 'week' | 'later' | 'none';
export const DUE_GROUPS: readonly DueGroup[] = ['over', 'today', 'week', 'later', 'none'];

export interface DeskRow {
  unit: string;
  quarter: string;
  item: string;
  itemName: string;
  kind: string;
  key: string;
  subject: string;
  name: string;
  due: string | null;
  /** The rules count it by workdays: without a day it awaits a holiday notice. */
  timed: boolean;
  left: number | null;
  clause: string;
  /** What doing it in time would bring; null in a rule set of rates. */
  points: number | null;
  /** Done since the last refresh. */
  waiting: boolean;
  href: `/${string}`;
}

/** @param today local day; a week ends on its Sunday */
export function groupOf(due: string | null, today: string): DueGroup {
  if (due === null) return 'none';
  if (due < today) return 'over';
  if (due === today) return 'today';
  return due <= sundayOf(today) ? 'week' : 'later';
}

function sundayOf(day: string): string {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  return addDays(day, (7 - weekday) % 7);
}

/** Where a row of a cause is dealt with: a form where there is one, else the item with its rows. */
export function addressOf({
  unit,
  quarter,
  item,
  kind,
  key,
}: Pick<DeskRow, 'unit' | 'quarter' | 'item' | 'kind' | 'key'>): `/${string}` {
  if (kind === 'unclaimed' || kind === 'not_fed_back') return `/entries/pushes?${new URLSearchParams({ push: key })}`;
  if (kind === 'material_missing') return '/entries/materials';
  return `/units/${encodeURIComponent(unit)}/${encodeURIComponent(item)}?${new URLSearchParams({ quarter })}`;
}
