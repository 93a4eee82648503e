/** The log of a city while it is written: who, when, and whether what is due gets done. */
import { dayText, isWeekday, isWorkday, LAST_NOTICE_YEAR, yearOf } from '../calendar.ts';
import { timeText } from '../cloud-event.ts';
import { officeHours } from '../hours.ts';
import type { Random } from '../random.ts';
import { makeUscc } from '../uscc.ts';
import type { City, CityUnit } from './cities.ts';

export interface CityLine {
  day: number;
  clock: number;
  line: string;
}

type Sender = { id: string; region?: string };

export class CityLog {
  readonly city: City;
  readonly lines: CityLine[] = [];
  #number = 0;
  #prefix = '';

  constructor(city: City) {
    this.city = city;
  }

  /** Ids of what follows begin with it: what one chapter writes never shifts the ids of another. */
  chapter(name: string): void {
    this.#prefix = name;
    this.#number = 0;
  }
  /** An id of the chapter, for pushes, cases, documents. */
  name(kind: string): string {
    return `${kind}-${this.#prefix}-${++this.#number}`;
  }

  /** @returns the id of the event */
  add(
    random: Random,
    type: string,
    day: number,
    { id: department, region }: Sender,
    data: Record<string, unknown>,
    subject?: string,
  ): string {
    const id = `${this.city.id}-${this.#prefix}-${++this.#number}`;
    const clock = officeHours(random);
    const event = {
      specversion: '1.0',
      id,
      source: `https://platform.${this.city.id}.example/events`,
      type,
      time: timeText(day, clock),
      department,
      ...(region ? { region } : {}),
      ...(subject ? { subject } : {}),
      data,
    };
    this.lines.push({ day, clock, line: `${JSON.stringify(event)}\n` });
    return id;
  }

  uscc(number: number): string {
    return makeUscc('91', this.city.area, number);
  }
  unit(id: string): CityUnit {
    return this.city.units.find((unit) => unit.id === id)!;
  }
  sender(random: Random, unit: CityUnit | string): Sender {
    return random.pick((typeof unit === 'string' ? this.unit(unit) : unit).departments);
  }
}

const works = (day: number) =>
  yearOf(day) <= LAST_NOTICE_YEAR && yearOf(day) >= 2024 ? isWorkday(day) : isWeekday(day);

/** The n-th workday after a day. */
export function workdayAfter(day: number, n: number): number {
  let at = day;
  for (let left = n; left > 0; ) if (works(++at)) left--;
  return at;
}

export function someWorkday(random: Random, first: number, last: number): number {
  let day = random.between(first, last);
  while (!works(day) && day < last) day++;
  return day;
}

/**
 * The day on which a unit does what is due within `limit` workdays of `start`: never (with 1 − care), late, or in time.
 * Where there is no limit, the same number tells how long it usually takes.
 */
export function answerDay(random: Random, care: number, start: number, limit: number): number | undefined {
  const luck = random.float();
  if (luck > care) return undefined;
  const late = luck > 0.8 * care;
  return workdayAfter(start, late ? limit + random.between(1, 5) : random.between(0, limit));
}

/** `2025-04-10` of a day number. */
export const text = dayText;
