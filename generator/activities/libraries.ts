import { dayText, yearOf } from '../calendar.ts';
import { SOURCES } from '../cloud-event.ts';
import { firstDay, quarterOf } from '../quarter.ts';
import { OFFICE, UNITS } from '../units.ts';
import type { Activity, World } from '../world.ts';

/** As the inspections name them; surnames only, so that nobody real is meant. */
const INSPECTORS = ['甲', '乙', '丙', '丁', '戊', '己'];
const SURNAMES = [...'陈王李张刘杨赵黄周吴徐孙'];

/** 两库一单 and yearly plans: set up in the first weeks, renewed each spring by most, with gaps that cost points. */
export function libraries(world: World): Activity {
  const random = world.random.fork('libraries');
  const people = world.random.fork('inspectors');
  const { calendar, firstDay: start } = world;
  const { doubleRandom } = SOURCES;
  let number = 0;

  function update(day: number, unit: number, library: string, count: number, more = ''): void {
    const data = `{"library":"${library}","count":${count}${more}}`;
    world.tell(random, doubleRandom, `lib${++number}`, 'library.updated', day, unit, undefined, data);
  }

  const approved = (legal: boolean, office: boolean): string =>
    `,"approved_by_legal":${legal},"approved_by_office":${office}`;

  function setUp(day: number): void {
    UNITS.forEach((unit, index) => {
      if (!unit.inspects) return;
      const on = (): number => calendar.after(index, day, random.between(1, 15));
      const careless = unit.id === 'jjfz';
      update(on(), index, 'items', random.between(8, 60), approved(!careless, true));
      update(on(), index, 'objects', random.between(40, 400) + unit.pushes * 20);
      update(on(), index, 'inspectors', unit.id === 'fcglj' ? 1 : random.between(6, 40));
      INSPECTORS.forEach((mark, n) => {
        // One certificate has run out, one is about to; nobody is drawn without a valid one.
        const until = n === 4 ? start + 200 : n === 5 ? day + 700 : day + 1500;
        const account = unit.id === OFFICE && n < 3 ? `inspector-${n + 1}` : '';
        const data = `{"inspector":"${unit.id}${mark}","name":"${people.pick(SURNAMES)}某","certificate":"苏F${String(index + 1).padStart(2, '0')}${String(n + 1).padStart(4, '0')}","valid_until":"${dayText(until)}","active":true,"lead":${n % 2 === 0},"expert":${n === 1},"account":"${account}"}`;
        const entered = calendar.after(index, day, people.between(1, 15));
        world.tell(
          people,
          doubleRandom,
          `insp-${unit.id}-${n}`,
          'inspector.registered',
          entered,
          index,
          undefined,
          data,
        );
      });
      // Two gaps that are closed later: an item list without legal approval, a library of one inspector.
      if (careless) update(calendar.after(index, day, 150), index, 'items', 31, approved(true, true));
      if (unit.id === 'fcglj') update(calendar.after(index, day, 80), index, 'inspectors', 4);
    });
  }

  function renew(day: number): void {
    UNITS.forEach((unit, index) => {
      if (!unit.inspects || !random.chance(world.formOf(index, day).submit * 0.92)) return;
      update(
        calendar.after(index, day, random.between(5, 50)),
        index,
        'objects',
        random.between(60, 420) + unit.pushes * 20,
      );
      if (random.chance(0.5))
        update(
          calendar.after(index, day, random.between(5, 50)),
          index,
          'items',
          random.between(8, 60),
          approved(true, random.chance(0.97)),
        );
      if (random.chance(0.6))
        update(calendar.after(index, day, random.between(5, 50)), index, 'inspectors', random.between(5, 40));
    });
  }

  function plan(day: number, year: number): void {
    UNITS.forEach((unit, index) => {
      if (!unit.inspects) return;
      const punctual = random.chance(world.formOf(index, day).submit ** 2);
      const on = calendar.after(index, day, punctual ? random.between(5, 40) : random.between(64, 110));
      const id = `PL-${year}-${unit.id}`;
      world.tell(random, doubleRandom, id, 'plan.filed', on, index, undefined, `{"plan_id":"${id}","year":${year}}`);
    });
  }

  return (day) => {
    const year = yearOf(day);
    if (day === start) setUp(day);
    const newYear = quarterOf(day) % 4 === 0 && day === firstDay(quarterOf(day));
    if (newYear && day !== start) renew(day);
    if (day === start || newYear) plan(day, year);
  };
}
