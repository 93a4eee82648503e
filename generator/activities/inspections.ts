import { dayText, yearOf } from '../calendar.ts';
import { SOURCES } from '../cloud-event.ts';
import { cumulate, type Random } from '../random.ts';
import { UNITS } from '../units.ts';
import type { Activity, World } from '../world.ts';

const WORKDAYS_A_YEAR = 248;
const JOINT_TASKS_A_YEAR = 13;
/** Chance of a finding by risk tier; about 19.6 % over all that are drawn (Changzhou Tianning 2017). */
const FINDING = [0.14, 0.2, 0.29, 0.38];
const CODES = [['B'], ['E'], ['6'], ['B', '6'], ['F'], ['D'], ['C'], ['7'], ['8'], ['5'], ['A', '3']];
const CODE_SHARES = cumulate([46, 28, 11, 3, 4, 3, 1.5, 1, 0.5, 1, 1]);

/** What each unit checks (附件2-2 of the rule set). */
const MATTERS: Readonly<Record<string, readonly string[]>> = {
  zzb: ['劳动用工', '劳务派遣'],
  shsy: ['校外培训', '医疗卫生'],
  jjfz: ['成品油经营', '生猪屠宰'],
  czj: ['代理记账'],
  fcglj: ['物业服务'],
  jsj: ['建筑施工', '道路运输'],
  zhzf: ['户外广告', '餐饮油烟'],
  yjgl: ['安全生产'],
  sthj: ['排污许可', '危险废物'],
  scjg: ['登记事项', '公示信息', '食品经营'],
  gafj: ['旅馆业治安'],
  xfdd: ['消防安全'],
  zrzy: ['测绘资质'],
};

interface Task {
  id: string;
  lead: number;
  units: readonly number[];
  scope: 'single' | 'joint';
}

const { doubleRandom } = SOURCES;
const led = UNITS.map((unit) => (!unit.inspects ? 0 : unit.id === 'scjg' ? 40 : 13));

/** 双随机: tasks, draws, inspections, results and their publication; about 200 tasks and 1,200 subjects a year. */
export function inspections(world: World): Activity {
  const activity = new Inspections(world);
  return (day) => activity.onDay(day);
}

class Inspections {
  readonly #world: World;
  readonly #random: Random;
  readonly #calendar: World['calendar'];
  readonly #subjects: World['subjects'];
  readonly #volume: number;
  #number = 0;

  constructor(world: World) {
    this.#world = world;
    this.#random = world.random.fork('inspections');
    this.#calendar = world.calendar;
    this.#subjects = world.subjects;
    this.#volume = world.volume;
  }

  #inspect(task: Task, unit: number, subject: number, drawn: number, suffix: string): void {
    const form = this.#world.formOf(unit, drawn);
    const key = `${task.id}-${suffix}`;
    if (!this.#random.chance(form.inspect)) return;
    const done = this.#calendar.after(unit, drawn, this.#random.between(2, 28));
    const inspectors = this.#random
      .sample(['甲', '乙', '丙', '丁', '戊', '己'], 2)
      .map((name) => `"${UNITS[unit]!.id}${name}"`);
    const taskData = `{"task_id":"${task.id}"`;
    this.#world.tell(
      this.#random,
      doubleRandom,
      `d-${key}`,
      'inspection.done',
      done,
      unit,
      subject,
      `${taskData},"inspectors":[${inspectors}]}`,
    );
    if (this.#random.chance(0.4)) {
      this.#world.tell(
        this.#random,
        doubleRandom,
        `m-${key}`,
        'mobile_inspection.used',
        done,
        unit,
        undefined,
        `${taskData}}`,
      );
    }
    if (this.#random.chance(0.03)) return;
    const entered = this.#calendar.after(unit, done, this.#random.between(0, 10));
    const found = this.#random.chance(FINDING[this.#subjects.tier(subject)]!);
    const codes = found ? CODES[this.#random.weighted(CODE_SHARES)]! : ['1'];
    this.#world.tell(
      this.#random,
      doubleRandom,
      `r-${key}`,
      'result.entered',
      entered,
      unit,
      subject,
      `${taskData},"codes":${JSON.stringify(codes)}}`,
    );
    const punctual = this.#random.chance(form.publish);
    if (!punctual && this.#random.chance(0.55)) return;
    const published = this.#calendar.after(
      unit,
      done,
      punctual ? this.#random.between(10, 20) : this.#random.between(21, 60),
    );
    this.#world.tell(
      this.#random,
      doubleRandom,
      `b-${key}`,
      'result.published',
      published,
      unit,
      subject,
      `${taskData}}`,
    );
    if (found && this.#random.chance(0.5)) {
      const closed = this.#calendar.after(unit, published, this.#random.between(1, 20));
      const data = `${taskData},"disposal_state":"已完结","closed_at":"${dayText(Math.min(closed, published + 60))}"}`;
      this.#world.tell(this.#random, doubleRandom, `z-${key}`, 'result.closed', closed, unit, subject, data);
    }
  }

  #task(day: number, lead: number, units: readonly number[]): void {
    const scope = units.length > 1 ? 'joint' : 'single';
    const year = yearOf(day);
    const id = `RW-${year}-${++this.#number}`;
    const participants = units.filter((unit) => unit !== lead).map((unit) => `"${UNITS[unit]!.id}"`);
    const plan = this.#random.chance(0.8) ? `,"plan_id":"PL-${year}-${UNITS[lead]!.id}"` : '';
    const matters = MATTERS[UNITS[lead]!.id] ?? ['公示信息'];
    const titled = `,"title":"${matters[0]}${scope === 'joint' ? '联合' : ''}双随机抽查","matters":${JSON.stringify(matters)}`;
    const data = `{"task_id":"${id}"${plan}${titled},"year":${year},"scope":"${scope}","lead":"${UNITS[lead]!.id}","participants":[${participants}],"directed":${this.#random.chance(0.45)}}`;
    this.#world.tell(this.#random, doubleRandom, `t-${id}`, 'task.created', day, lead, undefined, data);
    if (scope === 'joint') {
      for (const unit of units.slice(1)) {
        const reply = `{"task_id":"${id}","dept":"${UNITS[unit]!.id}","reply":"同意"}`;
        if (this.#random.chance(0.6))
          this.#world.tell(
            this.#random,
            doubleRandom,
            `c-${id}-${unit}`,
            'joint_plan.consulted',
            day,
            unit,
            undefined,
            reply,
          );
      }
    }
    if (this.#random.chance(0.03)) return; // never drawn
    const drawn = this.#calendar.after(lead, day, this.#random.between(1, 6));
    const objects = new Set<number>();
    for (let n = this.#random.between(3, 9); n > 0; n--)
      objects.add(this.#random.chance(0.5) ? this.#subjects.any(this.#random) : this.#subjects.risky(this.#random));
    const list = [...objects].map((subject) => `"${this.#subjects.uscc(subject)}"`);
    this.#world.tell(
      this.#random,
      doubleRandom,
      `w-${id}`,
      'draw.executed',
      drawn,
      lead,
      undefined,
      `{"task_id":"${id}","objects":[${list}]}`,
    );
    let object = 0;
    for (const subject of objects) {
      object++;
      for (const unit of units) {
        if (unit === lead || this.#random.chance(0.4))
          this.#inspect({ id, lead, units, scope }, unit, subject, drawn, `${object}-${unit}`);
      }
    }
  }

  /** Writes what happens on a day. */
  onDay(day: number): void {
    if (!this.#calendar.isWorkday(day)) return;
    UNITS.forEach((_, unit) => {
      const zeal = this.#world.formOf(unit, day).inspect;
      for (let n = this.#random.poisson(((led[unit]! * zeal) / 0.9 / WORKDAYS_A_YEAR) * this.#volume); n > 0; n--)
        this.#task(day, unit, [unit]);
    });
    for (let n = this.#random.poisson((JOINT_TASKS_A_YEAR / WORKDAYS_A_YEAR) * this.#volume); n > 0; n--) {
      const willing = UNITS.map((_, unit) => unit).filter(
        (unit) => UNITS[unit]!.inspects && this.#random.chance(this.#world.formOf(unit, day).inspect ** 2 * 0.7),
      );
      const units = willing.length < 2 ? [9, 6] : willing;
      const lead = this.#random.pick(units);
      this.#task(day, lead, [lead, ...units.filter((unit) => unit !== lead)]);
    }
  }
}
