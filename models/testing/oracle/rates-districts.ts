/** rulesets.md §3 and §4 typed in again for the oracle: items, limits, parameters and units of the rule sets without points. */
import type { Day } from '../../calendar/day.ts';

export interface RateUnit {
  id: string;
  duties: readonly string[];
  regions: readonly string[];
  /** Last day in time for the libraries, where one is set. */
  librariesDue?: Day;
}

export interface RateItem {
  id: string;
  /** Empty: every unit. */
  duty: string;
  /** Workdays; undefined: no deadline. */
  limit?: number;
}

export interface Window {
  classes?: readonly string[];
  from: Day;
  to: Day;
  validFrom?: Day;
}

export interface RateDistrict {
  id: string;
  units: readonly RateUnit[];
  items: readonly RateItem[];
  records: readonly string[];
  buckets: readonly string[];
  publishTypes: readonly string[];
  generalPenaltiesOnly: boolean;
  publishFrom: 'entry' | 'produced';
  attachOf: 'entered' | 'due';
  /** The duty whose holder attaches and publishes; undefined: the unit of the record. */
  publishDuty?: string;
  libraries: readonly string[];
  entryFrom?: Day;
  unlicensedFrom?: Day;
  backfillDue?: Day;
  backfillWindows: readonly Window[];
  /** Every row that a rule of data quality looked at must pass. */
  qualityTarget: boolean;
  rankBy: 'on_time' | 'done';
}

const words = (text: string) => text.split(' ');
const A = words('licence.entered penalty.entered dishonest.entered inspection.entered');
const B = words('abnormal.listed blacklist.listed chattel_mortgage equity_pledge ip_pledge trademark.registered');
const C = words('judicial.assist');
const D = words(
  'payment.entered coercion.entered ban.entered false_material commitment.breached order.ignored accident.handled',
);
const E = words('qualification.entered');
const H = words('honour.entered');

const unit = (id: string, duties: string, more: Partial<RateUnit> = {}): RateUnit => ({
  id,
  duties: words(duties),
  regions: [],
  ...more,
});
const item = (id: string, duty: string, limit?: number): RateItem =>
  limit === undefined ? { id, duty } : { id, duty, limit };

const plain = {
  generalPenaltiesOnly: false,
  publishFrom: 'produced',
  attachOf: 'entered',
  publishTypes: [],
  backfillWindows: [],
  qualityTarget: false,
  rankBy: 'on_time',
} as const;

const nanjing: RateDistrict = {
  ...plain,
  id: 'nanjing',
  records: [...A, ...B],
  publishTypes: [...A, ...B],
  buckets: ['licensed', 'unlicensed'],
  publishFrom: 'entry',
  publishDuty: 'publish',
  libraries: words('plan items objects inspectors'),
  units: [
    unit('gsj', 'register publish entry punish double_random'),
    unit('xyb', 'entry punish'),
    ...words('gaj wjw ajj lyw').map((id) => unit(id, 'licence entry punish double_random')),
  ],
  items: [
    item('push', 'register'),
    item('claim', 'licence'),
    item('feedback', 'licence', 7),
    item('linkage', 'licence', 7),
    item('unreachable', 'register'),
    item('entry', 'entry', 7),
    item('attach', 'publish', 20),
    item('publish', 'publish', 20),
    item('verify_hit', 'punish'),
    item('libraries', 'double_random'),
    item('dr_inspect', 'double_random'),
    item('dr_publish', 'double_random'),
  ],
};

const EARLY = [...E, ...H, 'arrears.entered'];
const allDuties = 'licence entry unlicensed double_random';
const baoshan: RateDistrict = {
  ...plain,
  id: 'baoshan',
  records: [...A, ...E, ...H, 'support.entered', 'punishment.applied', 'arrears.entered'],
  buckets: ['licensed', 'unlicensed'],
  entryFrom: '2018-09-01',
  unlicensedFrom: '2018-09-01',
  libraries: words('objects inspectors'),
  backfillWindows: [
    { classes: EARLY, from: '2018-01-01', to: '2018-08-31' },
    { from: '2018-04-01', to: '2018-08-31' },
  ],
  units: [
    ...words('530502 530521 530523 530524 530581').map((id) =>
      unit(id, allDuties, { regions: [id], librariesDue: '2018-08-31' }),
    ),
    ...words('1 2 3').map((n) =>
      unit(`park-${n}`, allDuties, { regions: [`530500-p${n}`], librariesDue: '2018-08-15' }),
    ),
    unit('gsj', 'entry unlicensed double_random', { librariesDue: '2018-08-15' }),
    unit('fgw', 'licence entry', { librariesDue: '2018-08-15' }),
    unit('gaj', allDuties, { librariesDue: '2018-08-15' }),
    unit('wjw', allDuties, { librariesDue: '2018-08-15' }),
  ],
  items: [
    item('claim', 'licence'),
    item('dispatch', 'licence'),
    item('entry', 'entry', 7),
    item('backfill', 'entry'),
    item('libraries', 'double_random'),
    item('dr_inspect', 'double_random'),
    item('dr_publish', 'double_random'),
    item('unlicensed', 'unlicensed'),
    item('material', ''),
  ],
};

const jieshou: RateDistrict = {
  ...plain,
  id: 'jieshou',
  records: [...A, ...B, ...C, ...D, ...E, ...H],
  publishTypes: [...A, ...B, ...C, ...E],
  generalPenaltiesOnly: true,
  buckets: ['licensed'],
  libraries: words('items objects inspectors'),
  backfillDue: '2020-09-28',
  backfillWindows: [
    { classes: ['licence'], from: '1900-01-01', to: '2020-06-27', validFrom: '2020-06-28' },
    { from: '2014-10-01', to: '2020-06-27' },
  ],
  units: [
    unit('scjg', 'licence entry punish double_random'),
    unit('fgw', 'entry punish'),
    unit('zwfw', 'entry punish'),
    unit('xzsp', 'register entry punish'),
    ...words('gaj wjw yjj').map((id) => unit(id, 'licence entry punish double_random')),
  ],
  items: [
    item('notify', 'register'),
    item('claim', 'licence', 5),
    item('receipt', 'licence', 5),
    item('feedback', 'licence', 7),
    item('followup', 'licence'),
    item('entry', 'entry', 7),
    item('publish', 'entry', 20),
    item('backfill', 'entry'),
    item('verify_hit', 'punish'),
    item('punish_receive', 'punish', 3),
    item('punish_apply', 'punish'),
    item('punish_feedback', 'punish'),
    item('objection', 'entry', 20),
    item('libraries', 'double_random'),
    item('dr_inspect', 'double_random'),
    item('dr_publish', 'double_random', 20),
    item('quality', 'entry'),
  ],
};

const national: RateDistrict = {
  ...plain,
  id: 'national',
  qualityTarget: true,
  records: [...A, ...B],
  publishTypes: [...A, ...B],
  buckets: ['licensed'],
  attachOf: 'due',
  libraries: [],
  units: [
    unit('scjg', 'register lead entry punish risk'),
    ...words('gaj swj rsj hbj').map((id) => unit(id, 'entry punish risk')),
  ],
  items: [
    item('coverage', 'lead'),
    item('attach', 'entry'),
    item('publish', 'entry'),
    item('quality', 'entry'),
    item('notify', 'register'),
    item('remind', 'register'),
    item('objection', 'entry'),
    item('punish_loop', 'punish'),
    item('risk_dispose', 'risk'),
    item('annual_report', 'register'),
  ],
};

export const RATE_DISTRICTS: readonly RateDistrict[] = [nanjing, baoshan, jieshou, national];
