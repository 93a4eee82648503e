/**
 * scoring.md once more, in plain TypeScript and exact fractions, event by event, without SQL or rule set file: the
 * models must agree with it on any log. Written for clearness, not speed.
 */
import { addDays, type Day } from '../../calendar/day.ts';
import { parseQuarter } from '../../calendar/quarter.ts';
import type { WorkCalendar } from '../../calendar/work-calendar.ts';
import type { TestEvent } from '../load-events.ts';
import { DEFAULT_READING, type Reading, UNITS, type Unit } from './district.ts';
import { type Entry, visibleLog } from './log.ts';
import { ONE, Rational, ZERO } from './rational.ts';

export interface OracleItem {
  weight: Rational;
  points: Rational;
  numerator: number | Rational;
  denominator: number | null;
  onTime: number | null;
}
export interface OracleUnit {
  unit: string;
  rank: number;
  total: Rational;
  items: Map<string, OracleItem>;
}

interface Counts {
  due: number;
  done: number;
  onTime: number;
}

export function oracleScores(
  events: readonly TestEvent[],
  quarterId: string,
  calendar: WorkCalendar,
  changes: Partial<Reading> = {},
): OracleUnit[] {
  const reading = { ...DEFAULT_READING, ...changes };
  const quarter = parseQuarter(quarterId)!;
  const log = visibleLog(events, calendar.addWorkdays(quarter.end, 7));
  const units = UNITS.map((unit) => new UnitOracle(unit, log, quarterId, calendar, reading).score());
  for (const one of units) one.rank = 1 + units.filter((other) => other.total.compare(one.total) > 0).length;
  return units;
}

class UnitOracle {
  readonly unit: Unit;
  readonly log: readonly Entry[];
  readonly id: string;
  readonly start: Day;
  readonly end: Day;
  readonly year: number;
  readonly calendar: WorkCalendar;
  readonly reading: Reading;
  readonly out: Set<Day>;

  constructor(unit: Unit, log: readonly Entry[], quarterId: string, calendar: WorkCalendar, reading: Reading) {
    const quarter = parseQuarter(quarterId)!;
    this.unit = unit;
    this.log = log;
    this.id = quarterId;
    this.start = quarter.start;
    this.end = quarter.end;
    this.year = quarter.year;
    this.calendar = calendar;
    this.reading = reading;
    this.out = new Set();
    for (const { d } of this.of('outage.declared')) {
      const covered = d.units as string[];
      if (covered.length > 0 && !covered.includes(unit.id)) continue;
      for (let day = String(d.from); day <= String(d.to); day = addDays(day, 1)) this.out.add(day);
    }
  }

  of(...types: string[]): Entry[] {
    return this.log.filter(({ type }) => types.includes(type));
  }
  own(...types: string[]): Entry[] {
    return this.of(...types).filter(({ department }) => department === this.unit.id);
  }
  inQuarter(day: Day | null): boolean {
    return day !== null && day >= this.start && day <= this.end;
  }
  isWorkday(day: Day): boolean {
    return this.calendar.isWorkday(day) && !this.out.has(day);
  }
  addWorkdays(day: Day, n: number): Day | null {
    let at = day;
    for (let left = n; left > 0; ) {
      at = addDays(at, 1);
      if (!this.calendar.knows(at)) return null;
      if (this.isWorkday(at)) left--;
    }
    return at;
  }

  login(): Counts {
    const days: Day[] = [];
    for (let day = this.start; day <= this.end; day = addDays(day, 1)) {
      const counts = this.reading['login.dayBasis'] === 'calendar' ? !this.out.has(day) : this.isWorkday(day);
      if (counts) days.push(day);
    }
    const logins = new Set(this.own('login.succeeded').map(({ day }) => day));
    const done = days.filter((day) => logins.has(day)).length;
    return { due: days.length, done, onTime: done };
  }

  pushes(): Entry[] {
    const first = new Map<string, Entry>();
    for (const push of this.own('registration.pushed'))
      if (push.d.bucket === 'licensed' && !first.has(String(push.d.push_id))) first.set(String(push.d.push_id), push);
    return [...first.values()];
  }
  about(type: string, push: Entry): Entry[] {
    return this.of(type).filter(({ d }) => d.push_id === push.d.push_id);
  }

  claim(): Counts {
    const counts = { due: 0, done: 0, onTime: 0 };
    for (const push of this.pushes()) {
      const deadline = this.addWorkdays(push.day, 5);
      const member = this.reading['claim.cohort'] === 'pushed' ? this.inQuarter(push.day) : this.inQuarter(deadline);
      if (!member || this.about('push.voided', push).length > 0) continue;
      const returned = this.about('push.return_confirmed', push).length > 0;
      if (returned && this.reading['claim.returned'] === 'confirmed leaves') continue;
      counts.due++;
      const claimed = this.about('push.claimed', push)[0];
      const handledOn = claimed?.day ?? (returned ? (this.about('push.returned', push)[0]?.day ?? null) : undefined);
      if (handledOn === undefined) continue;
      counts.done++;
      if (handledOn === null || deadline === null || handledOn <= deadline) counts.onTime++;
    }
    return counts;
  }

  feedback(): Counts {
    const counts = { due: 0, done: 0, onTime: 0 };
    for (const push of this.pushes()) {
      if (this.about('push.voided', push).length > 0 || this.about('push.return_confirmed', push).length > 0) continue;
      if (this.about('push.claimed', push).length === 0) continue;
      const feedbacks = this.about('push.outcome_fed_back', push);
      const known = feedbacks.find(({ d }) => d.decided_on) ?? this.about('licence.entered', push)[0];
      const deadline = known ? this.addWorkdays(String(known.d.decided_on), 7) : addDays(push.day, 60);
      if (!this.inQuarter(deadline)) continue;
      counts.due++;
      if (!feedbacks[0]) continue;
      counts.done++;
      if (feedbacks[0].day <= deadline!) counts.onTime++;
    }
    return counts;
  }

  register(list: string, types: string[]): Counts {
    const entries = this.own(...types);
    const key = (subject: unknown, docNo: unknown) => `${subject} ${docNo}`;
    const entered = new Set(entries.map(({ subject, d }) => key(subject, d.doc_no)));
    const latest = this.own('quarter_list.submitted')
      .filter(({ d }) => d.kind === list && d.quarter === this.id)
      .at(-1);
    const listed = ((latest?.d.rows ?? []) as { uscc: string; doc_no: string }[]).map(({ uscc, doc_no }) =>
      key(uscc, doc_no),
    );
    const decided = entries
      .filter(({ d }) => this.inQuarter(String(d.decided_on)))
      .map(({ subject, d }) => key(subject, d.doc_no));
    const due = new Set(
      this.reading['due.source'] === 'list'
        ? listed
        : this.reading['due.source'] === 'platform'
          ? decided
          : [...listed, ...decided],
    );
    const done = [...due].filter((document) => entered.has(document)).length;
    return { due: due.size, done, onTime: 0 };
  }

  mark(item: string, most: number): number | undefined {
    const valid = this.of('mark.awarded').filter(
      ({ d }) =>
        d.quarter === this.id &&
        d.item === item &&
        d.unit === this.unit.id &&
        Number(d.points) >= 0 &&
        Number(d.points) <= most,
    );
    return valid.at(-1)?.d.points as number | undefined;
  }

  libraries(): boolean {
    const latest = (library: string) =>
      this.own('library.updated')
        .filter(({ d, day }) => d.library === library && day <= this.end)
        .at(-1);
    const [items, objects, inspectors] = [latest('items'), latest('objects'), latest('inspectors')];
    return (
      items?.d.approved_by_legal === true &&
      items.d.approved_by_office === true &&
      Number(items.d.count) > 0 &&
      Number(objects?.d.count ?? 0) > 0 &&
      objects!.day >= addDays(this.end, -365) &&
      Number(inspectors?.d.count ?? 0) >= 2
    );
  }

  tasks(scope: string): Entry[] {
    return this.of('task.created').filter(({ d }) => d.scope === scope);
  }
  takesPart(task: Entry): boolean {
    return task.d.lead === this.unit.id || ((task.d.participants ?? []) as string[]).includes(this.unit.id);
  }
  drawn(): Entry[] {
    return this.of('draw.executed').filter(({ day }) => this.inQuarter(day));
  }

  inspections(): Counts {
    const led = new Set(
      this.tasks('single')
        .filter(({ d }) => d.lead === this.unit.id)
        .map(({ d }) => d.task_id),
    );
    const objects = new Set(
      this.drawn()
        .filter(({ d }) => led.has(d.task_id))
        .flatMap(({ d }) => (d.objects as string[]).map((object) => `${d.task_id} ${object}`)),
    );
    const inspected = new Set(this.of('inspection.done').map(({ subject, d }) => `${d.task_id} ${subject}`));
    return { due: objects.size, done: [...objects].filter((object) => inspected.has(object)).length, onTime: 0 };
  }

  publications(): Counts {
    const due = new Set(
      this.own('inspection.done')
        .filter(({ day }) => this.inQuarter(this.addWorkdays(day, 20)))
        .map(({ subject, d }) => `${d.task_id} ${subject}`),
    );
    const published = new Set(this.of('result.published').map(({ subject, d }) => `${d.task_id} ${subject}`));
    return { due: due.size, done: [...due].filter((one) => published.has(one)).length, onTime: 0 };
  }

  deductions(): number {
    const requires = ({ d }: Entry) => (d.required as string[]).includes(this.unit.id);
    const meetings = new Set(
      this.of('meeting.held')
        .filter((entry) => this.inQuarter(entry.day) && requires(entry))
        .map(({ d }) => d.meeting_id),
    );
    const attended = new Set(this.own('meeting.attended').map(({ d }) => d.meeting_id));
    let points = [...meetings].filter((meeting) => !attended.has(meeting)).length;
    const obligations = new Map<unknown, string>();
    for (const entry of this.of('material.due'))
      if (this.inQuarter(String(entry.d.due_on)) && requires(entry))
        obligations.set(entry.d.obligation_id, String(entry.d.due_on));
    for (const [obligation, dueOn] of obligations) {
      const submitted = this.own('material.submitted').find(({ d }) => d.obligation_id === obligation);
      if (!submitted) points += 2;
      else if (submitted.day > dueOn) points += 1;
    }
    return points;
  }

  score(): OracleUnit {
    const { unit, reading } = this;
    const held = new Map<string, number>([
      ['login', 10],
      ['claim', 10],
      ['feedback', 10],
      ['licence', 10],
      ['dishonest', 15],
    ]);
    if (unit.unlicensed) held.set('unlicensed', 5);
    if (unit.doubleRandom) for (const item of ['dr_single', 'dr_joint', 'dr_publish']) held.set(item, 10);
    held.set('meeting', 10);
    const counts: Record<string, Counts> = {
      login: this.login(),
      claim: this.claim(),
      feedback: this.feedback(),
      licence: this.register('licence', ['licence.entered']),
      dishonest: this.register(
        'dishonest',
        unit.penalty ? ['penalty.entered', 'dishonest.entered'] : ['dishonest.entered'],
      ),
      dr_publish: this.publications(),
    };
    const group = ['claim', 'feedback', 'licence'];
    let scored = [...held.keys()];
    if (reading.zeroDue === 'reallocate') {
      const busy = scored.filter((item) => counts[item]?.due !== 0);
      if (busy.some((item) => group.includes(item))) scored = busy;
    }
    const base = scored.filter((item) => group.includes(item)).reduce((sum, item) => sum + held.get(item)!, 0);
    const missing = 100 - scored.reduce((sum, item) => sum + held.get(item)!, 0);
    const k = new Rational(BigInt(base + missing), BigInt(base));

    const items = new Map<string, OracleItem>();
    let total = ZERO;
    for (const item of scored) {
      const one = this.item(item, counts[item], group.includes(item) ? k : ONE);
      items.set(item, one);
      total = total.plus(one.points);
    }
    return { unit: unit.id, rank: 0, total, items };
  }

  item(item: string, counted: Counts | undefined, k: Rational): OracleItem {
    const of = (n: number) => new Rational(BigInt(n));
    const ratio = ({ due, done }: Counts) => (due === 0 ? ONE : new Rational(BigInt(done), BigInt(due)));
    switch (item) {
      case 'login':
      case 'dr_publish':
        return {
          weight: of(10),
          points: of(10).times(ratio(counted!)),
          numerator: counted!.done,
          denominator: counted!.due,
          onTime: null,
        };
      case 'claim':
      case 'feedback': {
        const weight = of(10).times(k);
        const timely = this.reading['realloc.scaleTimely'] ? of(2).times(k) : of(2);
        const points = weight
          .minus(timely)
          .times(ratio(counted!))
          .plus(timely.times(this.timely(counted!)));
        return { weight, points, numerator: counted!.done, denominator: counted!.due, onTime: counted!.onTime };
      }
      case 'licence':
      case 'dishonest': {
        const weight = item === 'licence' ? of(10).times(k) : of(15);
        return {
          weight,
          points: weight.times(this.full90(ratio(counted!))),
          numerator: counted!.done,
          denominator: counted!.due,
          onTime: null,
        };
      }
      case 'unlicensed': {
        const n = new Set(
          this.own('unlicensed.reported')
            .filter(({ day }) => this.inQuarter(day))
            .map(({ d }) => d.case_id),
        ).size;
        const points = n >= 2 ? of(5) : n === 1 ? Rational.of(2.5) : Rational.of(this.mark('unlicensed', 5) ?? 0);
        return { weight: of(5), points, numerator: n, denominator: null, onTime: null };
      }
      case 'dr_single': {
        const planned =
          this.own('plan.filed').some(({ d, day }) => d.year === this.year && day <= this.end) &&
          this.tasks('single').some(({ d, day }) => d.lead === this.unit.id && d.year === this.year && day <= this.end);
        const objects = this.inspections();
        const mark = this.mark('dr_single', 6);
        const d = mark !== undefined ? Rational.of(mark) : objects.due === 0 ? ZERO : of(6).times(ratio(objects));
        const points = of((this.libraries() ? 2 : 0) + (planned ? 2 : 0)).plus(d);
        return { weight: of(10), points, numerator: objects.done, denominator: objects.due, onTime: null };
      }
      case 'dr_joint': {
        const planned = this.tasks('joint').some(
          (task) => this.takesPart(task) && task.d.year === this.year && task.day <= this.end,
        );
        const mine = new Set(
          this.tasks('joint')
            .filter((task) => this.takesPart(task))
            .map(({ d }) => d.task_id),
        );
        const draws = new Set(
          this.drawn()
            .map(({ d }) => d.task_id)
            .filter((task) => mine.has(task)),
        ).size;
        const full = this.reading['joint.ge2'] === 'item full' && draws >= 2;
        const points = full
          ? of(10)
          : of((this.libraries() ? 2 : 0) + (planned ? 2 : 0) + (draws >= 2 ? 6 : draws === 1 ? 3 : 0));
        return { weight: of(10), points, numerator: draws, denominator: null, onTime: null };
      }
      default: {
        const points = of(Math.max(0, 10 - this.deductions()));
        return { weight: of(10), points, numerator: points, denominator: null, onTime: null };
      }
    }
  }

  timely({ due, done, onTime }: Counts): Rational {
    if (due === 0) return ONE;
    if (done === 0) return ZERO;
    const base = this.reading['timely.of'] === 'due' ? due : done;
    if (this.reading['timely.mode'] === 'all') return onTime === base ? ONE : ZERO;
    return new Rational(BigInt(onTime), BigInt(base));
  }

  full90(r: Rational): Rational {
    const threshold = new Rational(9n, 10n);
    if (r.compare(threshold) >= 0) return ONE;
    return this.reading['full90.mode'] === 'scaled' ? r.over(threshold) : r;
  }
}
