import { dayText } from '../calendar.ts';
import { SOURCES } from '../cloud-event.ts';
import { UNITS } from '../units.ts';
import type { Activity, World } from '../world.ts';
import { enterDecision } from './decisions.ts';
import { OFFICE_INDEX } from './registrations.ts';

const WORKDAYS_A_QUARTER = 62;
const PENALTIES = ['罚款', '罚款', '罚款', '警告', '没收违法所得', '责令停产停业'];
const LISTS = ['黑名单', '欠薪名单', '失信被执行人', '严重违法'];
const ABNORMAL = ['未按规定公示年度报告', '通过登记的住所无法联系', '公示信息隐瞒真实情况'];

/** Penalties, other dishonest acts, abnormal operation list, blacklist, and joint punishment. */
export function sanctions(world: World): Activity {
  const random = world.random.fork('sanctions');
  const { platform } = SOURCES;
  const { calendar, subjects, volume } = world;
  let number = 0;

  function penalty(day: number, unit: number): void {
    const subject = subjects.risky(random);
    const summary = random.chance(0.35);
    const kind = random.pick(PENALTIES);
    const amount =
      kind === '罚款' ? `,"amount":${(summary ? random.between(1, 20) : random.between(5, 200)) * 100}` : '';
    const more = `,"procedure":"${summary ? 'summary' : 'general'}","kind":"${kind}"${amount}`;
    enterDecision(world, random, {
      unit,
      subject,
      docNo: `CF-${UNITS[unit]!.id}-${++number}`,
      on: day,
      type: 'penalty.entered',
      more,
    });
  }

  function listing(day: number, type: 'abnormal' | 'blacklist', reason: string, share: number, wait: number): void {
    const subject = subjects.risky(random);
    const id = `${type === 'abnormal' ? 'ab' : 'bl'}${++number}`;
    const data = (on: number, why: string): string => `{"reason":"${why}","decided_on":"${dayText(on)}"}`;
    world.tell(random, platform, id, `${type}.listed`, day, OFFICE_INDEX, subject, data(day, reason));
    if (!random.chance(share)) return;
    const on = calendar.plainAfter(day, random.between(wait, wait * 4));
    world.tell(random, platform, `${id}r`, `${type}.removed`, on, OFFICE_INDEX, subject, data(on, '已改正'));
  }

  function jointPunishment(day: number): void {
    const id = `LC${++number}`;
    const starter = random.below(UNITS.length);
    const target = subjects.risky(random);
    const tell = (key: string, type: string, on: number, unit: number, more: string): void => {
      world.tell(random, platform, `${key}-${id}`, type, on, unit, undefined, `{"case_id":"${id}"${more}}`);
    };
    tell(
      'pi',
      'punishment.initiated',
      day,
      starter,
      `,"targets":["${subjects.uscc(target)}"],"memo_no":"备忘录示例第${random.between(1, 40)}号"`,
    );
    UNITS.forEach((unit, index) => {
      if (index === starter || !random.chance(0.45)) return;
      const form = world.formOf(index, day);
      const received = calendar.after(
        index,
        day,
        random.chance(form.prompt) ? random.between(1, 3) : random.between(4, 9),
      );
      tell(`pr-${unit.id}`, 'punishment.received', received, index, '');
      if (!random.chance(form.feedback)) return;
      const applied = calendar.after(index, received, random.between(1, 15));
      tell(
        `pa-${unit.id}`,
        'punishment.applied',
        applied,
        index,
        `,"measure":"${random.pick(['限制参加招投标', '限制享受扶持', '重点监管'])}"`,
      );
      const fedBack = calendar.after(index, applied, random.between(1, 8));
      tell(`pf-${unit.id}`, 'punishment.fed_back', fedBack, index, `,"result":"已实施"`);
    });
  }

  return (day) => {
    if (!calendar.isWorkday(day)) return;
    UNITS.forEach((unit, index) => {
      for (let n = random.poisson((unit.penalties / WORKDAYS_A_QUARTER) * volume); n > 0; n--) penalty(day, index);
      for (let n = random.poisson((unit.dishonest / WORKDAYS_A_QUARTER) * volume); n > 0; n--) {
        const docNo = `SX-${unit.id}-${++number}`;
        const more = `,"list_kind":"${random.pick(LISTS)}"`;
        enterDecision(world, random, {
          unit: index,
          subject: subjects.risky(random),
          docNo,
          on: day,
          type: 'dishonest.entered',
          more,
        });
      }
    });
    // A unit without the duty now and then enters a penalty all the same: kept, shown, scores nothing.
    if (random.chance(0.02))
      penalty(
        day,
        UNITS.findIndex((unit) => unit.id === 'xzsp'),
      );
    for (let n = random.poisson(0.6 * volume); n > 0; n--) listing(day, 'abnormal', random.pick(ABNORMAL), 0.5, 15);
    for (let n = random.poisson(0.05 * volume); n > 0; n--)
      listing(day, 'blacklist', '列入经营异常名录届满三年', 0.2, 60);
    for (let n = random.poisson(0.06 * volume); n > 0; n--) jointPunishment(day);
  };
}
