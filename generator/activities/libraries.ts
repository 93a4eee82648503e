import { dayText, yearOf } from '../calendar.ts';
import { SOURCES } from '../cloud-event.ts';
import { firstDay, quarterOf } from '../quarter.ts';
import type { Random } from '../random.ts';
import { OFFICE, UNITS } from '../units.ts';
import type { Activity, World } from '../world.ts';

/** As the inspections name them; surnames only, so that nobody real is meant. */
const INSPECTORS = ['甲', '乙', '丙', '丁', '戊', '己'];
const SURNAMES = [...'陈王李张刘杨赵黄周吴徐孙'];

/** 两库一单 and yearly plans: set up in the first weeks, renewed each spring by most, with gaps that cost points. */
export function libraries(world: World): Activity {
  const activity = new Libraries(world);
  return (day) => activity.onDay(day);
}

const { doubleRandom } = SOURCES;

const approved = (legal: boolean, office: boolean): string =>
  `,"approved_by_legal":${legal},"approved_by_office":${office}`;

class Libraries {
  readonly #world: World;
  readonly #random: Random;
  readonly #people: Random;
  readonly #calendar: World['calendar'];
  readonly #start: number;
  #number = 0;

  constructor(world: World) {
    this.#world = world;
    this.#random = world.random.fork('libraries');
    this.#people = world.random.fork('inspectors');
    this.#calendar = world.calendar;
    this.#start = world.firstDay;
  }

  #update(day: number, unit: number, library: string, count: number, more = ''): void {
    const data = `{"library":"${library}","count":${count}${more}}`;
    this.#world.tell(this.#random, doubleRandom, `lib${++this.#number}`, 'library.updated', day, unit, undefined, data);
  }

  #setUp(day: number): void {
    UNITS.forEach((unit, index) => {
      if (!unit.inspects) return;
      const on = (): number => this.#calendar.after(index, day, this.#random.between(1, 15));
      const careless = unit.id === 'jjfz';
      this.#update(on(), index, 'items', this.#random.between(8, 60), approved(!careless, true));
      this.#update(on(), index, 'objects', this.#random.between(40, 400) + unit.pushes * 20);
      this.#update(on(), index, 'inspectors', unit.id === 'fcglj' ? 1 : this.#random.between(6, 40));
      this.#registerInspectors(day, unit.id, index);
      // Two gaps that are closed later: an item list without legal approval, a library of one inspector.
      if (careless) this.#update(this.#calendar.after(index, day, 150), index, 'items', 31, approved(true, true));
      if (unit.id === 'fcglj') this.#update(this.#calendar.after(index, day, 80), index, 'inspectors', 4);
    });
  }

  #registerInspectors(day: number, unit: string, index: number): void {
    INSPECTORS.forEach((mark, n) => {
      // One certificate has run out, one is about to; nobody is drawn without a valid one.
      const until = n === 4 ? this.#start + 200 : n === 5 ? day + 700 : day + 1500;
      const account = unit === OFFICE && n < 3 ? `inspector-${n + 1}` : '';
      const data = `{"inspector":"${unit}${mark}","name":"${this.#people.pick(SURNAMES)}某","certificate":"苏F${String(index + 1).padStart(2, '0')}${String(n + 1).padStart(4, '0')}","valid_until":"${dayText(until)}","active":true,"lead":${n % 2 === 0},"expert":${n === 1},"account":"${account}"}`;
      const entered = this.#calendar.after(index, day, this.#people.between(1, 15));
      this.#world.tell(
        this.#people,
        doubleRandom,
        `insp-${unit}-${n}`,
        'inspector.registered',
        entered,
        index,
        undefined,
        data,
      );
    });
  }

  #renew(day: number): void {
    UNITS.forEach((unit, index) => {
      if (!unit.inspects || !this.#random.chance(this.#world.formOf(index, day).submit * 0.92)) return;
      this.#update(
        this.#calendar.after(index, day, this.#random.between(5, 50)),
        index,
        'objects',
        this.#random.between(60, 420) + unit.pushes * 20,
      );
      if (this.#random.chance(0.5))
        this.#update(
          this.#calendar.after(index, day, this.#random.between(5, 50)),
          index,
          'items',
          this.#random.between(8, 60),
          approved(true, this.#random.chance(0.97)),
        );
      if (this.#random.chance(0.6))
        this.#update(
          this.#calendar.after(index, day, this.#random.between(5, 50)),
          index,
          'inspectors',
          this.#random.between(5, 40),
        );
    });
  }

  #plan(day: number, year: number): void {
    UNITS.forEach((unit, index) => {
      if (!unit.inspects) return;
      const punctual = this.#random.chance(this.#world.formOf(index, day).submit ** 2);
      const on = this.#calendar.after(
        index,
        day,
        punctual ? this.#random.between(5, 40) : this.#random.between(64, 110),
      );
      const id = `PL-${year}-${unit.id}`;
      this.#world.tell(
        this.#random,
        doubleRandom,
        id,
        'plan.filed',
        on,
        index,
        undefined,
        `{"plan_id":"${id}","year":${year}}`,
      );
    });
  }

  /** Writes what happens on a day. */
  onDay(day: number): void {
    const year = yearOf(day);
    if (day === this.#start) this.#setUp(day);
    const newYear = quarterOf(day) % 4 === 0 && day === firstDay(quarterOf(day));
    if (newYear && day !== this.#start) this.#renew(day);
    if (day === this.#start || newYear) this.#plan(day, year);
  }
}
