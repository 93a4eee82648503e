import { type EventFields, eventLine, SOURCES, type Source } from './cloud-event.ts';
import type { Form } from './form.ts';
import { officeHours } from './hours.ts';
import type { Journal } from './journal.ts';
import type { Ledger } from './ledger.ts';
import { quarterOf } from './quarter.ts';
import type { Random } from './random.ts';
import type { Subjects } from './subjects.ts';
import { type Character, UNITS } from './units.ts';
import type { Outage, WorkCalendar } from './work-calendar.ts';

/** A published or publishable record, as objections, repairs and corrections refer to it. */
export interface RecordEntry {
  docNo: string;
  unit: number;
  subject: number;
}

/** What an activity does on a day: it writes events of that day or of later ones. */
export type Activity = (day: number) => void;

/** Everything the activities of a district share. */
export class World {
  readonly random: Random;
  readonly subjects: Subjects;
  readonly calendar: WorkCalendar;
  readonly form: Form;
  readonly ledger: Ledger;
  readonly outages: readonly Outage[];
  /** 1 = the demo district; counts of business scale with it, meetings and units do not */
  readonly volume: number;
  readonly firstDay: number;
  readonly records: RecordEntry[] = [];
  private readonly journal: Journal;

  constructor(parts: {
    random: Random;
    subjects: Subjects;
    calendar: WorkCalendar;
    form: Form;
    ledger: Ledger;
    journal: Journal;
    outages: readonly Outage[];
    volume: number;
    firstDay: number;
  }) {
    this.random = parts.random;
    this.subjects = parts.subjects;
    this.calendar = parts.calendar;
    this.form = parts.form;
    this.ledger = parts.ledger;
    this.journal = parts.journal;
    this.outages = parts.outages;
    this.volume = parts.volume;
    this.firstDay = parts.firstDay;
  }

  /** The form of a unit on a day. */
  formOf(unit: number, day: number): Character {
    return this.form.of(unit, quarterOf(day));
  }

  emit(event: EventFields): void {
    this.journal.add(event.day, event.clock, eventLine(event));
  }

  /** An event of a unit at office hours about a subject (or none). */
  tell(
    random: Random,
    source: Source,
    id: string,
    type: string,
    day: number,
    unit: number,
    subject: number | undefined,
    data: string,
  ): number {
    const clock = officeHours(random);
    const about =
      subject === undefined ? {} : { region: this.subjects.region(subject), subject: this.subjects.uscc(subject) };
    this.emit({ id, source, type, day, clock, department: UNITS[unit]!.id, ...about, data });
    return clock;
  }

  /** A slip of the pen: the unit voids an event on its next workday. Returns the day of the voiding. */
  void(random: Random, source: Source, id: string, day: number, unit: number): number {
    const on = this.calendar.after(unit, day, random.between(1, 3));
    const data = `{"event_source":"${source}","event_id":"${id}","reason":"${random.pick(['录入错误', '重复录入', '主体选错'])}"}`;
    this.tell(random, SOURCES.platform, `v-${id}`, 'event.voided', on, unit, undefined, data);
    return on;
  }

  /** Remembers a record for objections and repairs; only recent ones are kept. */
  remember(record: RecordEntry): void {
    if (this.records.length < 400) this.records.push(record);
    else this.records[(record.subject * 7919) % 400] = record;
  }
}
