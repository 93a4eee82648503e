import { dayText, yearOf } from '../calendar.ts';
import { SOURCES, type Source } from '../cloud-event.ts';
import type { Random } from '../random.ts';
import { UNITS } from '../units.ts';
import type { Activity, World } from '../world.ts';

interface Side {
  type: string;
  /** events a workday at volume 1 */
  rate: number;
  /** unit id; any unit when absent */
  unit?: string;
  about?: 'any' | 'risky';
  source?: Source;
  data: (random: Random, key: string, day: number) => string;
}

const SIDE: readonly Side[] = [
  { type: 'push.dispatched', rate: 0.5, unit: 'xzsp', data: (_, key) => `{"push_id":"P${key}","to_unit":"scjg"}` },
  { type: 'guidance.given', rate: 0.6, about: 'any', data: () => `{"content":"办证指导"}` },
  {
    type: 'subject.unreachable',
    rate: 0.3,
    about: 'risky',
    data: (_, key, day) => `{"found_at":"${dayText(day)}","written_notice_no":"函${key}"}`,
  },
  {
    type: 'support.entered',
    rate: 0.5,
    unit: 'jjfz',
    about: 'any',
    data: (random, _, day) =>
      `{"item":"小微企业扶持","amount":${random.between(5, 300) * 1000},"at":"${dayText(day)}"}`,
  },
  { type: 'qualification.entered', rate: 0.4, unit: 'jsj', about: 'any', data: (_, key) => `{"cert_no":"ZZ${key}"}` },
  {
    type: 'honour.entered',
    rate: 0.25,
    about: 'any',
    data: () => `{"title":"守合同重信用","granted_by":"示例开发区"}`,
  },
  {
    type: 'arrears.entered',
    rate: 0.2,
    unit: 'zzb',
    about: 'risky',
    data: (random) => `{"kind":"欠薪","amount":${random.between(1, 90) * 1000}}`,
  },
  {
    type: 'annual_report.filed',
    rate: 3,
    unit: 'scjg',
    about: 'any',
    data: (_, __, day) => `{"year":${yearOf(day) - 1}}`,
  },
  {
    type: 'record.attached',
    rate: 3,
    unit: 'scjg',
    about: 'any',
    data: (_, key) => `{"record_id":"JM${key}","matched_by":"uscc"}`,
  },
  {
    type: 'verify.queried',
    rate: 1.5,
    about: 'any',
    data: (random) => `{"purpose":"${random.pick(['招标投标', '政府采购', '资质认定'])}","hit":${random.chance(0.04)}}`,
  },
  {
    type: 'risk.alert_raised',
    rate: 0.25,
    unit: 'scjg',
    data: (random) =>
      `{"topic":"${random.pick(['预付式消费', '食品安全', '危化品'])}","area":"32067100${random.between(1, 4)}","industry":"${random.pick(['H', 'C', 'P'])}"}`,
  },
  {
    type: 'risk.alert_disposed',
    rate: 0.2,
    unit: 'scjg',
    data: (random) => `{"topic":"${random.pick(['预付式消费', '食品安全', '危化品'])}"}`,
  },
  {
    type: 'clue.received',
    rate: 0.8,
    source: SOURCES.hotline,
    data: (random) => `{"channel":"${random.pick(['举报', '转办', '舆情'])}"}`,
  },
  {
    type: 'linkage.action',
    rate: 0.15,
    about: 'risky',
    data: (_, key) => `{"trigger_event_id":"x${key}","measure":"责令限期登记"}`,
  },
  { type: 'trademark.registered', rate: 0.3, unit: 'scjg', about: 'any', data: (_, key) => `{"reg_no":"SB${key}"}` },
  { type: 'training.held', rate: 0.05, unit: 'scjg', data: (random) => `{"n":${random.between(12, 60)}}` },
  { type: 'account.provisioned', rate: 0.1, data: () => `{"role":"unit"}` },
  {
    type: 'quality.checked',
    rate: 1,
    unit: 'scjg',
    data: (random) =>
      `{"rule_id":"R${random.between(1, 30)}","n":${random.between(200, 900)},"failed":${random.between(0, 12)}}`,
  },
  {
    type: 'publicity.suspended',
    rate: 0.06,
    data: (_, key, day) => `{"record_id":"CF${key}","from":"${dayText(day)}"}`,
  },
  { type: 'supervision.issued', rate: 0.04, unit: 'scjg', data: () => `{"finding":"认领超期，限期整改"}` },
];

/** The further types that the policy documents name, here and there. */
export function sideEvents(world: World): Activity {
  const random = world.random.fork('side');
  let number = 0;
  return (day) => {
    if (!world.calendar.isWorkday(day)) return;
    for (const side of SIDE) {
      for (let n = random.poisson(side.rate * world.volume); n > 0; n--) {
        const key = String(++number);
        const unit = side.unit === undefined ? random.below(UNITS.length) : UNITS.findIndex((u) => u.id === side.unit);
        const subject =
          side.about === 'risky'
            ? world.subjects.risky(random)
            : side.about === 'any'
              ? world.subjects.any(random)
              : undefined;
        world.tell(
          random,
          side.source ?? SOURCES.platform,
          `s${key}`,
          side.type,
          day,
          unit,
          subject,
          side.data(random, key, day),
        );
      }
    }
  };
}
