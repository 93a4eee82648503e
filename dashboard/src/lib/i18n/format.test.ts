import { expect, test } from 'vitest';
import {
  formatChange,
  formatCutoff,
  formatDay,
  formatMoment,
  formatPoints,
  formatQuarter,
  formatShare,
  formatStamp,
  formatWeight,
} from './format.ts';

test('points round half up, also where a double lies a hair below the half', () => {
  expect(formatPoints(83.485)).toBe('83.49');
  expect(formatPoints(1.005)).toBe('1.01');
  expect(formatPoints(83.4822)).toBe('83.48');
  expect(formatPoints(-0.004)).toBe('0.00');
  expect(formatPoints(21.666666, 0)).toBe('22');
});

test('changes carry their sign, shares read 100% only when full', () => {
  expect(formatChange(7.19)).toBe('+7.19');
  expect(formatChange(-5.685)).toBe('−5.69');
  expect(formatChange(0.001)).toBe('0.00');
  expect(formatShare(9_999, 10_000)).toBe('99.99%');
  expect(formatShare('20/2', 10)).toBe('100.0%');
  expect(formatShare(29, 100)).toBe('29.0%');
  expect([formatWeight(10), formatWeight(2.5)]).toEqual(['10', '2.50']);
});

test('quarters and days as an office writes them', () => {
  expect(formatQuarter('zh-CN', '2026Q3')).toBe('2026年第三季度');
  expect(formatQuarter('en', '2026Q3')).toBe('Q3 2026');
  expect(['2026-07', '2026'].map((id) => formatQuarter('zh-CN', id))).toEqual(['2026年7月', '2026年']);
  expect(['2026-07', '2026'].map((id) => formatQuarter('en', id))).toEqual(['Jul 2026', '2026']);
  expect(formatDay('zh-CN', '2025-04-09')).toBe('2025年4月9日');
  expect(formatDay('en', '2025-04-09')).toBe('9 Apr 2025');
  expect(formatMoment('zh-CN', '2025-06-30T16:30:00Z')).toBe('2025年7月1日 00:30');
  expect(formatStamp('2025-04-12 10:00:00.000000')).toBe('2025-04-12 10:00');
});

test('a cut-off is the end of its day, however it is stored', () => {
  expect(formatCutoff('zh-CN', '2025-07-09T23:59:59.999999+08:00')).toBe('2025年7月9日24时');
  expect(formatCutoff('zh-CN', '2025-07-10 00:00:00.000000')).toBe('2025年7月9日24时');
  expect(formatCutoff('en', '2025-07-10T00:00:00+08:00')).toBe('end of 9 Jul 2025');
});
