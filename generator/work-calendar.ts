import { isWeekday, isWorkday, LAST_NOTICE_YEAR, yearOf } from './calendar.ts';
import { UNITS } from './units.ts';

export interface Outage {
  from: number;
  to: number;
  /** indices of the units cut off; empty = all */
  units: readonly number[];
  reason: string;
}

/** Workdays of the plain calendar and of each unit, whose outages are no workdays, with constant-time sums. */
export class WorkCalendar {
  private readonly first: number;
  private readonly beyond: number;
  private readonly plain: { list: number[]; upTo: Int32Array };
  private readonly units: { list: number[]; upTo: Int32Array }[];

  /** Days first…last are used for events; days behind a known notice are only ever planned for, never reached. */
  constructor(first: number, last: number, outages: readonly Outage[]) {
    this.first = first;
    this.beyond = last + 1;
    const build = (closed: (day: number) => boolean): { list: number[]; upTo: Int32Array } => {
      const list: number[] = [];
      const upTo = new Int32Array(last - first + 1);
      for (let day = first; day <= last; day++) {
        const works = yearOf(day) <= LAST_NOTICE_YEAR ? isWorkday(day) : isWeekday(day);
        if (works && !closed(day)) list.push(day);
        upTo[day - first] = list.length;
      }
      return { list, upTo };
    };
    this.plain = build(() => false);
    this.units = UNITS.map((_, unit) =>
      build((day) =>
        outages.some((o) => day >= o.from && day <= o.to && (o.units.length === 0 || o.units.includes(unit))),
      ),
    );
  }

  isWorkday(day: number): boolean {
    return this.isIn(this.plain, day);
  }

  isOpen(unit: number, day: number): boolean {
    return this.isIn(this.units[unit]!, day);
  }

  /** The n-th workday (n ≥ 1) strictly after a day on the unit's calendar; n = 0: the day itself. */
  after(unit: number, day: number, n: number): number {
    return n === 0 ? day : this.nth(this.units[unit]!, day, n);
  }

  /** The n-th workday strictly after a day on the plain calendar. */
  plainAfter(day: number, n: number): number {
    return this.nth(this.plain, day, n);
  }

  private isIn(days: { upTo: Int32Array }, day: number): boolean {
    const at = day - this.first;
    return days.upTo[at] !== (at === 0 ? 0 : days.upTo[at - 1]);
  }

  private nth(days: { list: number[]; upTo: Int32Array }, day: number, n: number): number {
    const found = days.list[(days.upTo[day - this.first] ?? days.list.length) + n - 1];
    return found ?? this.beyond; // behind the horizon: never written
  }
}
