/** What every rate of rulesets.md stands on: the visible log, whose an event is (§1), unit calendars, and the placing of rows. */
import { addDays, type Day } from '../../calendar/day.ts';
import { type Period, parsePeriod } from '../../calendar/period.ts';
import type { WorkCalendar } from '../../calendar/work-calendar.ts';
import type { TestEvent } from '../load-events.ts';
import { type Entry, visibleLog } from './log.ts';
import type { RateDistrict, RateUnit } from './rates-districts.ts';

/** One thing due. `amount`, `failed`: a row that stands for many (quality). */
export interface Row {
  unit: string;
  key: string;
  subject: string;
  due: Day | null;
  done: boolean;
  onTime: boolean;
  amount?: number;
  failed?: number;
}

export class RateLog {
  readonly district: RateDistrict;
  readonly quarter: Period;
  readonly calendar: WorkCalendar;
  /** By (time, id, source); subjects in upper case. */
  readonly log: readonly (Entry & { subject: string })[];
  readonly #out = new Map<string, Set<Day>>();

  constructor(district: RateDistrict, events: readonly TestEvent[], quarterId: string, calendar: WorkCalendar) {
    this.district = district;
    this.quarter = parsePeriod(quarterId)!;
    this.calendar = calendar;
    const order = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
    this.log = visibleLog(events, calendar.addWorkdays(this.quarter.end, 7))
      .map((entry) => ({ ...entry, subject: (entry.subject ?? '').toUpperCase() }))
      .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : order(a.id, b.id) || order(a.source, b.source)));
    for (const { id } of district.units) this.#out.set(id, this.#outages(id));
  }

  #outages(unit: string): Set<Day> {
    const out = new Set<Day>();
    for (const { d } of this.of('outage.declared')) {
      if (d.units.length > 0 && !d.units.includes(unit)) continue;
      for (let day = String(d.from); day <= String(d.to); day = addDays(day, 1)) out.add(day);
    }
    return out;
  }

  of(...types: string[]) {
    return this.log.filter(({ type }) => types.includes(type));
  }
  /** Events of a unit. */
  own(unit: string, ...types: string[]) {
    return this.of(...types).filter((entry) => this.unitOf(entry)?.id === unit);
  }
  inQuarter(day: Day): boolean {
    return day >= this.quarter.start && day <= this.quarter.end;
  }

  unitOf({ department, region = '' }: { department: string; region?: string }): RateUnit | undefined {
    const { units } = this.district;
    const itself = units.find(({ id }) => id === department);
    if (itself) return itself;
    const digits = (text: string) => /^[0-9]+$/.test(text);
    const covers = (code: string) => code === region || (digits(code) && digits(region) && region.startsWith(code));
    let best: { unit: RateUnit; length: number } | undefined;
    for (const unit of units)
      for (const code of unit.regions)
        if (covers(code) && code.length > (best?.length ?? 0)) best = { unit, length: code.length };
    return best?.unit;
  }
  withDuty(duty: string): RateUnit[] {
    return this.district.units.filter(({ duties }) => duty === '' || duties.includes(duty));
  }
  hasDuty(unit: string | undefined, duty: string): boolean {
    return this.withDuty(duty).some(({ id }) => id === unit);
  }
  holderOf(entry: { department: string; region?: string }, duty: string): string | undefined {
    const own = this.unitOf(entry)?.id;
    if (this.hasDuty(own, duty)) return own;
    const all = this.withDuty(duty);
    return all.length === 1 ? all[0]!.id : undefined;
  }

  /** addWD on the unit's calendar; undefined where a day from start to deadline is in a year without a notice. */
  deadline(unit: string, start: Day, workdays: number): Day | undefined {
    if (!this.calendar.knows(start)) return undefined;
    let day = start;
    for (let left = workdays; left > 0; ) {
      day = addDays(day, 1);
      if (!this.calendar.knows(day)) return undefined;
      if (this.calendar.isWorkday(day) && !this.#out.get(unit)!.has(day)) left--;
    }
    return day;
  }

  /** Whether what starts on a day is of the quarter: by its deadline, without a limit by the start. */
  belongs(unit: string, start: Day, limit: number | undefined): boolean {
    const due = limit === undefined ? start : this.deadline(unit, start, limit);
    return due !== undefined && this.inQuarter(due);
  }

  /**
   * A row of the quarter, or none: it belongs to the quarter of its deadline, without a limit to that of its start.
   * `answer` is the day of the first answer.
   */
  place(
    row: Pick<Row, 'unit' | 'key' | 'subject'>,
    start: Day,
    limit: number | undefined,
    answer: Day | undefined,
  ): Row[] {
    const due = limit === undefined ? null : this.deadline(row.unit, start, limit);
    if (due === undefined || !this.belongs(row.unit, start, limit)) return [];
    const done = answer !== undefined;
    return [{ ...row, due, done, onTime: done && (due === null || answer <= due) }];
  }
}

/** Text, or undefined; with `empty: false` an empty text is absent too. */
export function textOf(value: unknown, empty = true): string | undefined {
  return typeof value === 'string' && (empty || value !== '') ? value : undefined;
}

/** First of each key, in the order of the list. */
export function firstBy<T>(list: readonly T[], key: (one: T) => string | undefined): Map<string, T> {
  const first = new Map<string, T>();
  for (const one of list) {
    const id = key(one);
    if (id !== undefined && !first.has(id)) first.set(id, one);
  }
  return first;
}
