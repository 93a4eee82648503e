/** A stock that is worked off: what was left at the end of each step of time. */
import type { BackfillDay } from '@hengjian/models/queries/backfill-days.ts';

export type StepLength = 'day' | 'week' | 'month';
export interface BurnDownStep {
  /** Last day of the step, YYYY-MM-DD. */
  day: string;
  /** Entered in the step. */
  entered: number;
  /** Left at its end. */
  left: number;
}
export interface BurnDown {
  stock: number;
  entered: number;
  inTime: number;
  /** The one deadline of all; null where there is none. */
  due: string | null;
  length: StepLength;
  steps: BurnDownStep[];
}

type Row = Pick<BackfillDay, 'due' | 'entered_on' | 'records'>;

const DAY = 86_400_000;
const MOST_STEPS = 45;
const iso = (time: number) => new Date(time).toISOString().slice(0, 10);

/**
 * From the day before the first entry to `until` (or the deadline, if that is later), in days, weeks or months, whichever are few enough
 * to be read.
 * @param until YYYY-MM-DD, the day of the cut-off
 */
export function burnDown(rows: readonly Row[], until: string): BurnDown {
  const sum = (some: readonly Row[]) => some.reduce((total, { records }) => total + records, 0);
  const done = rows.filter((row) => row.entered_on !== null);
  const due = rows.map((row) => row.due).find((day) => day !== null) ?? null;
  const stock = sum(rows);
  const facts = {
    stock,
    entered: sum(done),
    inTime: sum(done.filter((row) => row.due === null || row.entered_on! <= row.due)),
    due,
  };
  const days = done.map(({ entered_on }) => entered_on!).sort();
  if (days.length === 0)
    return { ...facts, length: 'day', steps: stock > 0 ? [{ day: until, entered: 0, left: stock }] : [] };
  const start = iso(Date.parse(days[0]!) - DAY);
  const end = [until, due ?? '', days.at(-1)!].sort().at(-1)!;
  const lengths = ['day', 'week', 'month'] as const;
  const length = lengths.find((one) => stepEnds(start, end, one).length <= MOST_STEPS) ?? 'month';
  let before = start;
  let left = stock;
  const steps = [start, ...stepEnds(start, end, length)]
    // What lies behind the cut-off is not known yet.
    .filter((day, at) => at === 0 || previous(day, length) < until)
    .map((day): BurnDownStep => {
      const entered = sum(done.filter(({ entered_on }) => entered_on! > before && entered_on! <= day));
      before = day;
      left -= entered;
      return { day, entered, left };
    });
  return { ...facts, length, steps };
}

/** The last days of the steps after `start` up to the one that has `end`. */
function stepEnds(start: string, end: string, length: StepLength): string[] {
  const found: string[] = [];
  for (let day = endOf(iso(Date.parse(start) + DAY), length); ; day = endOf(iso(Date.parse(day) + DAY), length)) {
    found.push(day);
    if (day >= end || found.length > 2000) return found;
  }
}

/** Last day of the step that a day lies in: weeks end on Sunday. */
function endOf(day: string, length: StepLength): string {
  const at = new Date(day);
  if (length === 'day') return day;
  if (length === 'week') return iso(at.getTime() + ((7 - at.getUTCDay()) % 7) * DAY);
  return iso(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1, 0));
}

/** Last day of the step before the one that ends on `day`. */
function previous(day: string, length: StepLength): string {
  const at = new Date(day);
  if (length === 'day') return iso(at.getTime() - DAY);
  if (length === 'week') return iso(at.getTime() - 7 * DAY);
  return iso(Date.UTC(at.getUTCFullYear(), at.getUTCMonth(), 0));
}
