import { expect, test } from 'vitest';
import { wrongQuery } from '../server/wrong-query.ts';
import { drawValues, queryOf } from './draw-values.ts';
import { decimalText, percentText, ratioOfPercent } from './rational.ts';
import { readBeacon, readRules, tiersOf } from './rules-form.ts';

test('per cents are exact, and nothing else is taken for one', () => {
  expect(['1', '0.5', ' 30 % ', '100', '12.5％'].map(ratioOfPercent)).toEqual(['1/100', '1/200', '3/10', '1', '1/8']);
  expect(['', 'a', '-1', '1e2', '1/100', '1.1234567'].map(ratioOfPercent)).toEqual(Array(6).fill(undefined));
  expect([percentText('4/13'), percentText('1/100'), percentText('1'), decimalText('60/13')]).toEqual([
    '30.77%',
    '1%',
    '100%',
    '4.62',
  ]);
});

test('an empty form has the default ratios; a tier left empty is not in the plan', () => {
  expect(readRules({}).rules).toMatchObject({
    tiers: { A: '1/100', B: '3/100', C: '1/10', D: '3/10' },
    n: undefined,
    strata: ['area'],
    checkType: 'daily',
    cap: 0,
  });
  const typed = readRules({ ratio_A: '2', ratio_D: '', ratio_E: '50', n: '40', stratum: 'area,industry', cap: '2' });
  expect(typed.rules).toMatchObject({
    tiers: { A: '1/50', B: '3/100', C: '1/10', E: '1/2' },
    n: 40,
    strata: ['area', 'industry'],
    cap: 2,
  });
  expect(tiersOf({ ratio_E: '' }, ['A', 'B', 'C', 'D'])).toEqual(['A', 'B', 'C', 'D', 'E']);
});

test('the tiers are those of the district: five, three, or letters of its own', () => {
  const five = ['A', 'B', 'C', 'D', 'E'];
  expect(tiersOf({}, five)).toEqual(five);
  // For the fifth no usual ratio is known: it is asked for, and none is made up.
  expect(readRules({}, five).rules.tiers).toEqual({ A: '1/100', B: '3/100', C: '1/10', D: '3/10' });
  expect(readRules({ ratio_E: '50' }, five).rules.tiers).toMatchObject({ E: '1/2' });
  expect(tiersOf({}, ['P', 'Q', 'R'])).toEqual(['P', 'Q', 'R']);
  expect(readRules({ ratio_P: '1', ratio_Q: '5', ratio_R: '20' }, ['P', 'Q', 'R']).rules.tiers).toEqual({
    P: '1/100',
    Q: '1/20',
    R: '1/5',
  });
});

test('a slip of the pen is named at its field', () => {
  expect(readRules({ ratio_B: '3/100', n: 'vierzig', cap: '-1' }).problems).toEqual({
    ratio_B: 'draws.new.wrong.percent',
    n: 'draws.new.wrong.whole',
    cap: 'draws.new.wrong.whole',
  });
});

test('lists come several times, matters line by line', () => {
  const values = drawValues([
    ['area', '1'],
    ['area', '2'],
    ['matters', '公示信息\r\n\r\n 登记事项 '],
    ['stratum', 'industry'],
  ]);
  expect(readRules(values).rules).toMatchObject({
    areas: ['1', '2'],
    matters: ['公示信息', '登记事项'],
    strata: ['industry'],
  });
});

test('the beacon’s time is of the legal clock and lies ahead', () => {
  const now = Date.parse('2026-11-30T10:00:00+08:00');
  const values = { beacon: 'text', beacon_name: '双色球2026138', beacon_at: '2026-11-30T21:15' };
  expect(readBeacon(values, now)).toEqual({ kind: 'text', name: '双色球2026138', at: '2026-11-30T13:15:00.000Z' });
  expect(() => readBeacon({ ...values, beacon_at: '2026-11-30T09:00' }, now)).toThrow(/still ahead/);
  expect(() => readBeacon({ ...values, beacon_at: 'soon' }, now)).toThrow(/still ahead/);
});

test('choices of several stand in the address as forms send them: read back the same, and no parameter is refused', () => {
  const values = { task: 'RW-1', area: '320671001,320671002', industry: 'C,F', matters: '甲\n乙' };
  const address = new URLSearchParams(queryOf({ ...values, '/commit': '' }));
  expect(drawValues(address)).toEqual(values);
  expect(wrongQuery('/draws/new', address)).toBeUndefined();
});
