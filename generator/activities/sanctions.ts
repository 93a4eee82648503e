import { dayText } from '../calendar.ts';
import { SOURCES } from '../cloud-event.ts';
import type { Random } from '../random.ts';
import { UNITS } from '../units.ts';
import type { Activity, World } from '../world.ts';
import { enterDecision } from './decisions.ts';
import { OFFICE_INDEX } from './registrations.ts';

const WORKDAYS_A_QUARTER = 62;
const PENALTIES = ['罚款', '罚款', '罚款', '警告', '没收违法所得', '责令停产停业'];
const LISTS = ['黑名单', '欠薪名单', '失信被执行人', '严重违法'];
const ABNORMAL = ['未按规定公示年度报告', '通过登记的住所无法联系', '公示信息隐瞒真实情况'];

const { platform } = SOURCES;

/** Penalties, other dishonest acts, abnormal operation list, blacklist, and joint punishment. */
export function sanctions(world: World): Activity {
  const activity = new Sanctions(world);
  return (day) => activity.onDay(day);
}

class Sanctions {
  readonly #world: World;
  readonly #random: Random;
  readonly #calendar: World['calendar'];
  readonly #subjects: World['subjects'];
  readonly #volume: number;
  #number = 0;

  constructor(world: World) {
    this.#world = world;
    this.#random = world.random.fork('sanctions');
    this.#calendar = world.calendar;
    this.#subjects = world.subjects;
    this.#volume = world.volume;
  }

  #penalty(day: number, unit: number): void {
    const subject = this.#subjects.risky(this.#random);
    const summary = this.#random.chance(0.35);
    const kind = this.#random.pick(PENALTIES);
    const amount =
      kind === '罚款'
        ? `,"amount":${(summary ? this.#random.between(1, 20) : this.#random.between(5, 200)) * 100}`
        : '';
    const more = `,"procedure":"${summary ? 'summary' : 'general'}","kind":"${kind}"${amount}`;
    enterDecision(this.#world, this.#random, {
      unit,
      subject,
      docNo: `CF-${UNITS[unit]!.id}-${++this.#number}`,
      on: day,
      type: 'penalty.entered',
      more,
    });
  }

  #listing(day: number, type: 'abnormal' | 'blacklist', reason: string, share: number, wait: number): void {
    const subject = this.#subjects.risky(this.#random);
    const id = `${type === 'abnormal' ? 'ab' : 'bl'}${++this.#number}`;
    const data = (on: number, why: string): string => `{"reason":"${why}","decided_on":"${dayText(on)}"}`;
    this.#world.tell(this.#random, platform, id, `${type}.listed`, day, OFFICE_INDEX, subject, data(day, reason));
    if (!this.#random.chance(share)) return;
    const on = this.#calendar.plainAfter(day, this.#random.between(wait, wait * 4));
    this.#world.tell(
      this.#random,
      platform,
      `${id}r`,
      `${type}.removed`,
      on,
      OFFICE_INDEX,
      subject,
      data(on, '已改正'),
    );
  }

  #jointPunishment(day: number): void {
    const id = `LC${++this.#number}`;
    const starter = this.#random.below(UNITS.length);
    const target = this.#subjects.risky(this.#random);
    const tell = (key: string, type: string, on: number, unit: number, more: string): void => {
      this.#world.tell(this.#random, platform, `${key}-${id}`, type, on, unit, undefined, `{"case_id":"${id}"${more}}`);
    };
    tell(
      'pi',
      'punishment.initiated',
      day,
      starter,
      `,"targets":["${this.#subjects.uscc(target)}"],"memo_no":"备忘录示例第${this.#random.between(1, 40)}号"`,
    );
    UNITS.forEach((unit, index) => {
      if (index === starter || !this.#random.chance(0.45)) return;
      const form = this.#world.formOf(index, day);
      const received = this.#calendar.after(
        index,
        day,
        this.#random.chance(form.prompt) ? this.#random.between(1, 3) : this.#random.between(4, 9),
      );
      tell(`pr-${unit.id}`, 'punishment.received', received, index, '');
      if (!this.#random.chance(form.feedback)) return;
      const applied = this.#calendar.after(index, received, this.#random.between(1, 15));
      tell(
        `pa-${unit.id}`,
        'punishment.applied',
        applied,
        index,
        `,"measure":"${this.#random.pick(['限制参加招投标', '限制享受扶持', '重点监管'])}"`,
      );
      const fedBack = this.#calendar.after(index, applied, this.#random.between(1, 8));
      tell(`pf-${unit.id}`, 'punishment.fed_back', fedBack, index, `,"result":"已实施"`);
    });
  }

  /** Writes what happens on a day. */
  onDay(day: number): void {
    if (!this.#calendar.isWorkday(day)) return;
    UNITS.forEach((unit, index) => {
      for (let n = this.#random.poisson((unit.penalties / WORKDAYS_A_QUARTER) * this.#volume); n > 0; n--)
        this.#penalty(day, index);
      for (let n = this.#random.poisson((unit.dishonest / WORKDAYS_A_QUARTER) * this.#volume); n > 0; n--) {
        const docNo = `SX-${unit.id}-${++this.#number}`;
        const more = `,"list_kind":"${this.#random.pick(LISTS)}"`;
        enterDecision(this.#world, this.#random, {
          unit: index,
          subject: this.#subjects.risky(this.#random),
          docNo,
          on: day,
          type: 'dishonest.entered',
          more,
        });
      }
    });
    // A unit without the duty now and then enters a penalty all the same: kept, shown, scores nothing.
    if (this.#random.chance(0.02))
      this.#penalty(
        day,
        UNITS.findIndex((unit) => unit.id === 'xzsp'),
      );
    for (let n = this.#random.poisson(0.6 * this.#volume); n > 0; n--)
      this.#listing(day, 'abnormal', this.#random.pick(ABNORMAL), 0.5, 15);
    for (let n = this.#random.poisson(0.05 * this.#volume); n > 0; n--)
      this.#listing(day, 'blacklist', '列入经营异常名录届满三年', 0.2, 60);
    for (let n = this.#random.poisson(0.06 * this.#volume); n > 0; n--) this.#jointPunishment(day);
  }
}
