import { dayText, yearOf } from '../calendar.ts';
import { SOURCES } from '../cloud-event.ts';
import { cumulate } from '../random.ts';
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

/** 双随机: tasks, draws, inspections, results and their publication; about 200 tasks and 1,200 subjects a year. */
export function inspections(world: World): Activity {
  const random = world.random.fork('inspections');
  const { calendar, subjects, volume } = world;
  const { doubleRandom } = SOURCES;
  const led = UNITS.map((unit) => (!unit.inspects ? 0 : unit.id === 'scjg' ? 40 : 13));
  let number = 0;

  function inspect(task: Task, unit: number, subject: number, drawn: number, suffix: string): void {
    const form = world.formOf(unit, drawn);
    const key = `${task.id}-${suffix}`;
    if (!random.chance(form.inspect)) return;
    const done = calendar.after(unit, drawn, random.between(2, 28));
    const inspectors = random
      .sample(['甲', '乙', '丙', '丁', '戊', '己'], 2)
      .map((name) => `"${UNITS[unit]!.id}${name}"`);
    const taskData = `{"task_id":"${task.id}"`;
    world.tell(
      random,
      doubleRandom,
      `d-${key}`,
      'inspection.done',
      done,
      unit,
      subject,
      `${taskData},"inspectors":[${inspectors}]}`,
    );
    if (random.chance(0.4)) {
      world.tell(random, doubleRandom, `m-${key}`, 'mobile_inspection.used', done, unit, undefined, `${taskData}}`);
    }
    if (random.chance(0.03)) return;
    const entered = calendar.after(unit, done, random.between(0, 10));
    const found = random.chance(FINDING[subjects.tier(subject)]!);
    const codes = found ? CODES[random.weighted(CODE_SHARES)]! : ['1'];
    world.tell(
      random,
      doubleRandom,
      `r-${key}`,
      'result.entered',
      entered,
      unit,
      subject,
      `${taskData},"codes":${JSON.stringify(codes)}}`,
    );
    const punctual = random.chance(form.publish);
    if (!punctual && random.chance(0.55)) return;
    const published = calendar.after(unit, done, punctual ? random.between(10, 20) : random.between(21, 60));
    world.tell(random, doubleRandom, `b-${key}`, 'result.published', published, unit, subject, `${taskData}}`);
    if (found && random.chance(0.5)) {
      const closed = calendar.after(unit, published, random.between(1, 20));
      const data = `${taskData},"disposal_state":"已完结","closed_at":"${dayText(Math.min(closed, published + 60))}"}`;
      world.tell(random, doubleRandom, `z-${key}`, 'result.closed', closed, unit, subject, data);
    }
  }

  function task(day: number, lead: number, units: readonly number[]): void {
    const scope = units.length > 1 ? 'joint' : 'single';
    const year = yearOf(day);
    const id = `RW-${year}-${++number}`;
    const participants = units.filter((unit) => unit !== lead).map((unit) => `"${UNITS[unit]!.id}"`);
    const plan = random.chance(0.8) ? `,"plan_id":"PL-${year}-${UNITS[lead]!.id}"` : '';
    const matters = MATTERS[UNITS[lead]!.id] ?? ['公示信息'];
    const titled = `,"title":"${matters[0]}${scope === 'joint' ? '联合' : ''}双随机抽查","matters":${JSON.stringify(matters)}`;
    const data = `{"task_id":"${id}"${plan}${titled},"year":${year},"scope":"${scope}","lead":"${UNITS[lead]!.id}","participants":[${participants}],"directed":${random.chance(0.45)}}`;
    world.tell(random, doubleRandom, `t-${id}`, 'task.created', day, lead, undefined, data);
    if (scope === 'joint') {
      for (const unit of units.slice(1)) {
        const reply = `{"task_id":"${id}","dept":"${UNITS[unit]!.id}","reply":"同意"}`;
        if (random.chance(0.6))
          world.tell(random, doubleRandom, `c-${id}-${unit}`, 'joint_plan.consulted', day, unit, undefined, reply);
      }
    }
    if (random.chance(0.03)) return; // never drawn
    const drawn = calendar.after(lead, day, random.between(1, 6));
    const objects = new Set<number>();
    for (let n = random.between(3, 9); n > 0; n--)
      objects.add(random.chance(0.5) ? subjects.any(random) : subjects.risky(random));
    const list = [...objects].map((subject) => `"${subjects.uscc(subject)}"`);
    world.tell(
      random,
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
        if (unit === lead || random.chance(0.4))
          inspect({ id, lead, units, scope }, unit, subject, drawn, `${object}-${unit}`);
      }
    }
  }

  return (day) => {
    if (!calendar.isWorkday(day)) return;
    UNITS.forEach((_, unit) => {
      const zeal = world.formOf(unit, day).inspect;
      for (let n = random.poisson(((led[unit]! * zeal) / 0.9 / WORKDAYS_A_YEAR) * volume); n > 0; n--)
        task(day, unit, [unit]);
    });
    for (let n = random.poisson((JOINT_TASKS_A_YEAR / WORKDAYS_A_YEAR) * volume); n > 0; n--) {
      const willing = UNITS.map((_, unit) => unit).filter(
        (unit) => UNITS[unit]!.inspects && random.chance(world.formOf(unit, day).inspect ** 2 * 0.7),
      );
      const units = willing.length < 2 ? [9, 6] : willing;
      const lead = random.pick(units);
      task(day, lead, [lead, ...units.filter((unit) => unit !== lead)]);
    }
  };
}
