/** The four cities whose documents set no points, as invented districts: units, their departments, and what they do. */
export type CityId = 'nanjing' | 'baoshan' | 'jieshou' | 'national';
export const CITY_IDS: readonly CityId[] = ['nanjing', 'baoshan', 'jieshou', 'national'];

export interface CityUnit {
  id: string;
  /** Who sends for it; a unit that is found by its region has departments of other names. */
  departments: readonly { id: string; region: string }[];
  /** Where its subjects are. */
  regions: readonly string[];
  duties: readonly string[];
  /** Share of its duties that it does at all; four in five of them in time. */
  care: number;
}

export interface City {
  id: CityId;
  /** Area digits of the USCCs. */
  area: string;
  units: readonly CityUnit[];
  /** Registers and pushes. */
  registrar: string;
  /** Who attaches and publishes; undefined: each unit its own records. */
  publisher?: string;
  /** Types that units enter beside licences and penalties. */
  records: readonly string[];
  /** Workdays for claims where the document sets them; else units take what they need. */
  claimDays: number;
  libraries: readonly string[];
  librariesBuilt: string;
  /** Days between which old records were produced, and by when most were entered. */
  backfill?: { from: string; to: string; due: string; types: readonly string[] };
}

const words = (text: string) => text.split(' ');
const CARE = [0.97, 0.93, 0.88, 0.95, 0.8, 0.9, 0.74, 0.98, 0.85, 0.91, 0.83, 0.94];

/** A unit that sends under its own id. */
const own = (id: string, duties: string, regions: readonly string[], n: number): CityUnit => ({
  id,
  departments: regions.map((region) => ({ id, region })),
  regions,
  duties: words(duties),
  care: CARE[n % CARE.length]!,
});

const NANJING = ['320102', '320104', '320105', '320106'];
const nanjing: City = {
  id: 'nanjing',
  area: '320100',
  registrar: 'gsj',
  publisher: 'gsj',
  claimDays: 8,
  records: words('inspection.entered abnormal.listed equity_pledge chattel_mortgage trademark.registered'),
  libraries: words('items objects inspectors'),
  librariesBuilt: '2024-01-10',
  units: [
    own('gsj', 'register publish entry punish double_random', NANJING, 0),
    own('xyb', 'entry punish', NANJING, 1),
    ...words('gaj wjw ajj lyw').map((id, n) => own(id, 'licence entry punish double_random', NANJING, n + 2)),
  ],
};

const COUNTIES = [
  ['530502', 'ly'],
  ['530521', 'sd'],
  ['530523', 'll'],
  ['530524', 'cn'],
  ['530581', 'tc'],
] as const;
const BAOSHAN = COUNTIES.map(([code]) => code);
const all = 'licence entry unlicensed double_random';
const baoshan: City = {
  id: 'baoshan',
  area: '530500',
  registrar: 'gsj',
  claimDays: 10,
  records: words('qualification.entered honour.entered support.entered arrears.entered'),
  libraries: words('objects inspectors'),
  librariesBuilt: '2018-08-12',
  backfill: {
    from: '2018-04-01',
    to: '2018-08-31',
    due: '2018-12-20',
    types: words('licence.entered penalty.entered honour.entered'),
  },
  units: [
    ...COUNTIES.map(([code, short], n): CityUnit => {
      const townships = ['001', '002', '003'].map((town) => `${code}${town}`);
      return {
        id: code,
        departments: words('scj wjj').flatMap((bureau) =>
          townships.map((region) => ({ id: `${short}-${bureau}`, region })),
        ),
        regions: townships,
        duties: words(all),
        care: CARE[n]!,
      };
    }),
    ...words('1 2 3').map(
      (n): CityUnit => ({
        id: `park-${n}`,
        departments: [{ id: `yq${n}-gwh`, region: `530500-p${n}` }],
        regions: [`530500-p${n}`],
        duties: words(all),
        care: CARE[Number(n) + 4]!,
      }),
    ),
    own('gsj', 'entry unlicensed double_random', BAOSHAN, 8),
    own('fgw', 'licence entry', BAOSHAN, 9),
    own('gaj', all, BAOSHAN, 10),
    own('wjw', all, BAOSHAN, 11),
  ],
};

const JIESHOU = ['341282001', '341282002', '341282003'];
const jieshou: City = {
  id: 'jieshou',
  area: '341282',
  registrar: 'xzsp',
  claimDays: 5,
  records: words(
    'inspection.entered judicial.assist coercion.entered commitment.breached qualification.entered honour.entered',
  ),
  libraries: words('items objects inspectors'),
  librariesBuilt: '2023-12-20',
  backfill: {
    from: '2014-10-01',
    to: '2020-06-27',
    due: '2020-09-28',
    types: words('licence.entered penalty.entered coercion.entered'),
  },
  units: [
    own('scjg', 'licence entry punish double_random', JIESHOU, 0),
    own('fgw', 'entry punish', JIESHOU, 1),
    own('zwfw', 'entry punish', JIESHOU, 2),
    own('xzsp', 'register entry punish', JIESHOU, 3),
    ...words('gaj wjw yjj').map((id, n) => own(id, 'licence entry punish double_random', JIESHOU, n + 4)),
  ],
};

const NATIONAL = ['110101', '110102', '110105'];
const national: City = {
  id: 'national',
  area: '110100',
  registrar: 'scjg',
  claimDays: 8,
  records: words('inspection.entered abnormal.listed equity_pledge ip_pledge'),
  libraries: [],
  librariesBuilt: '2024-01-10',
  units: [
    own('scjg', 'register lead licence entry punish risk', NATIONAL, 0),
    own('gaj', 'licence entry punish risk', NATIONAL, 2),
    own('swj', 'licence entry punish risk', NATIONAL, 4),
    own('rsj', 'licence entry punish risk', NATIONAL, 6),
    // Silent in some quarters: coverage is below the whole.
    own('hbj', 'entry punish risk', NATIONAL, 6),
  ],
};

export const CITIES: Readonly<Record<CityId, City>> = { nanjing, baoshan, jieshou, national };
