/** What cells say (office-files §2), example by example. */
import { describe, expect, test } from 'vitest';
import { readAmount } from './amount.ts';
import { type Cell, cellText, fold, isNothing, plainDecimal } from './cell.ts';
import { readDay } from './day.ts';
import { isResidentIdentity, maskIdentities } from './resident-identity.ts';
import { isDamagedNumber, readSubject } from './subject-code.ts';

test.each<[Cell, string]>([
  [5, '5'],
  [0.030025, '0.030025'],
  [929901016735770000, '929901016735770000'],
  [1e21, '1000000000000000000000'],
  [1.5e-7, '0.00000015'],
  ['="91350100M000100Y43"', '91350100M000100Y43'],
  ["　'演示  公司\n一部\t", '演示 公司 一部'],
  ['\ufeff甲\u200b乙', '甲乙'],
  [undefined, ''],
])('text of %j', (cell, expected) => {
  expect(cellText(cell)).toBe(expected);
});

test('folding, and what stands for nothing', () => {
  expect(fold(' 演云许可【２０２５】第 60号　')).toBe('演云许可(2025)第60号');
  expect(fold('ab-[c]{d}〖e〗')).toBe('AB-(C)(D)(E)');
  for (const text of ['', '/', '\\', '——', '无', '空', '未办', '零', '暂无', 'n/a', 'NULL', '\\N', '－', ' ／ '])
    expect(isNothing(text), text).toBe(true);
  for (const text of ['0', '无锡', '空调', '12']) expect(isNothing(text), text).toBe(false);
  expect(plainDecimal(-12.5)).toBe('-12.5');
});

describe('days', () => {
  test.each<[Cell, boolean, unknown]>([
    ['2025-4-1', false, { day: '2025-04-01' }],
    ['２０２５／４／１', false, { day: '2025-04-01' }],
    ['2025,4,6', false, { day: '2025-04-06' }],
    ['2025年6月10日 13：49：49', false, { day: '2025-06-10', time: '13:49:49' }],
    ['25-01-17', false, { day: '2025-01-17' }],
    ['20250424232609', false, { day: '2025-04-24', time: '23:26:09' }],
    ['2025-03-26 11:59:47.900', false, { day: '2025-03-26', time: '11:59:47' }],
    ['2025-03-26 00:00:00.0', false, { day: '2025-03-26' }],
    ['2025-4-1 9:05', false, { day: '2025-04-01', time: '09:05:00' }],
    ['45797.0', true, { day: '2025-05-20' }],
    [45797, false, { day: '2025-05-20' }],
    [45797 - 1462, true, { day: '2025-05-20' }],
    [20250520, false, { day: '2025-05-20' }],
    [{ serial: 45734.61744212963 }, false, { day: '2025-03-18', time: '14:49:07' }],
    [59, false, { day: '1900-02-28' }],
    [60, false, 'wrong'],
    [61, false, { day: '1900-03-01' }],
    [0, false, 'nothing'],
    [1, false, 'nothing'],
    [1, true, { day: '1904-01-02' }],
    ['0', false, 'nothing'],
    ['1', false, 'wrong'],
    ['1900-01-01', false, 'nothing'],
    ['1899-12-30', false, 'nothing'],
    ['/', false, 'nothing'],
    ['长期', false, 'endless'],
    ['9999-09-09', false, 'endless'],
    ['2099-12-31', false, { day: '2099-12-31' }],
    ['2025-02-29', false, 'wrong'],
    ['上午', false, 'wrong'],
    ['2025-04-01 25:00', false, 'wrong'],
    ['1/4/2025', false, 'wrong'],
  ])('%j', (cell, epoch1904, expected) => {
    expect(readDay(cell, epoch1904)).toEqual(expected);
  });
});

test.each<[Cell, 'yuan' | 'ten_thousand' | undefined, unknown]>([
  ['10万元', 'yuan', { yuan: 100_000 }],
  ['100,000元', 'ten_thousand', { yuan: 100_000 }],
  [0.030025, 'ten_thousand', { yuan: 300.25 }],
  ['4.56789', 'ten_thousand', { yuan: 45_678.9 }],
  ['罚款人民币５，０００元', undefined, { yuan: 5_000 }],
  ['0.005', 'yuan', { yuan: 0.01 }],
  ['1.0049', 'yuan', { yuan: 1 }],
  [0, 'ten_thousand', { yuan: 0 }],
  ['2000', undefined, 'nothing'],
  ['无', 'yuan', 'nothing'],
  ['约两千', 'yuan', 'amount_form'],
  ['1,00', 'yuan', 'amount_form'],
  ['-5', 'yuan', 'out_of_range'],
])('amount %j under %s', (cell, unit, expected) => {
  expect(readAmount(cell, unit)).toEqual(expected);
});

test.each<[Cell, unknown]>([
  ['９１３５０１００Ｍ０００１００Ｙ４３', { code: '91350100M000100Y43' }],
  ['91350100m000100y43', { code: '91350100M000100Y43' }],
  [929901016735770000, { problem: 'number_damaged' }],
  ['9.20E+17', { problem: 'number_damaged' }],
  ['9132067100000000E6', { problem: 'uscc_check_character' }],
  ['929901013795577000', { problem: 'number_damaged' }],
  ['00000000000000000X', { problem: 'no_subject_code' }],
  ['000000000000000000', { problem: 'no_subject_code' }],
  ['9901**********001X', { problem: 'no_subject_code' }],
  ['670176287161800', { problem: 'no_subject_code' }],
  [1, { problem: 'no_subject_code' }],
  [undefined, { problem: 'no_subject_code' }],
  ['91350100O000100Y43', { problem: 'uscc_form' }],
  ['91350100M000100Y44', { problem: 'uscc_check_character' }],
])('subject %j', (cell, expected) => {
  expect(readSubject(cell)).toEqual(expected);
});

test('numbers that a spreadsheet has changed', () => {
  for (const cell of [1e15, '2.0125E+17', { serial: 45797 }]) expect(isDamagedNumber(cell)).toBe(true);
  for (const cell of [999_999_999_999_999, '990101202503105000', '演E+17号', undefined])
    expect(isDamagedNumber(cell)).toBe(false);
});

test('resident identity numbers: the example of GB 11643-1999', () => {
  expect(isResidentIdentity('11010519491231002X')).toBe(true);
  expect(isResidentIdentity('440524188001010014')).toBe(false);
  expect(isResidentIdentity('110105194912310021')).toBe(false);
  expect(isResidentIdentity('11010519491331002X')).toBe(false);
  expect(maskIdentities('甲，11010519491231002x，男')).toBe('甲，110105**********2x，男');
  expect(maskIdentities('证号１１０１０５１９４９１２３１００２Ｘ')).toBe('证号１１０１０５**********２Ｘ');
  expect(maskIdentities('91350100M000100Y43 与 111010519491231002X')).toBe('91350100M000100Y43 与 111010519491231002X');
});
