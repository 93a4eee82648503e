import { expect, test } from 'vitest';
import type { RiskAlertData } from '../risk/alerts/risk-alert.ts';
import type { RiskAlert } from '../risk/queries/read-risk-alerts.ts';
import { placeNames } from './place-names.ts';
import { alertsText } from './risk-alerts-text.ts';

const found: RiskAlertData = {
  ...{ alert_id: '2026-03-findings-funnel-high-area-320671003', topic: 'findings', chart: 'funnel', direction: 'high' },
  ...{ month: '2026-03', area: '320671003', industry: '', n: 30, count: 22, target: 0.233, value: 0.733 },
  ...{ lower: 0.007, upper: 0.478, series: [], visits: [] },
};
const alert = (change: Partial<RiskAlert> = {}): RiskAlert => ({
  ...{ alert_id: found.alert_id, raised_at: '2026-04-10T10:00:00+08:00', raised_by: 'office', subject: '', name: '' },
  ...{ area: '320671003', state: 'open', unit: '', due_on: '', acts: [], found, topic: 'findings', industry: '' },
  ...change,
});

const names = (language: 'zh' | 'en') => placeNames({ dataDir: '/nowhere', ruleset: 'nantong-etdz' }, language);

test('a terminal says what stands out, why, who has it; in both languages', () => {
  const given = alert({ state: 'assigned', unit: 'scjg', due_on: '2026-04-30' });
  const zh = alertsText([given], { more: false, raised: undefined }, 'zh', names('zh'));
  expect(zh).toMatch(
    /第三街道 320671003 检查发现问题率 偏高\s+2026-03 FUNNEL: 22\/30 次检查发现问题\s+已交办\s+市场监管局 scjg\s+2026-04-30/,
  );
  const en = alertsText([given], { more: true, raised: { months: ['2026-03'], raised: ['x'] } }, 'en', names('en'));
  expect(en).toMatch(/^Judged 2026-03; 1 new alert\./);
  expect(en).toMatch(
    /Third Subdistrict 320671003 finding rate high\s+2026-03 FUNNEL: 22 of 30 inspections found something\s+assigned/,
  );
  expect(en).toContain('There are more');
});

test('visits with their departments; an alert of another system in its own words; nothing, and what to do', () => {
  const visit = (unit: string) => ({ day: '2026-03-05', unit, task: unit });
  const often: RiskAlertData = {
    ...found,
    topic: 'visits',
    chart: 'limit',
    n: 3,
    target: 2,
    visits: ['a', 'scjg', 'a'].map(visit),
  };
  expect(
    alertsText(
      [alert({ found: often, subject: '91X', name: '甲' })],
      { more: false, raised: undefined },
      'zh',
      names('zh'),
    ),
  ).toMatch(/甲 91X 多头重复检查\s+12 个月内 3 次（上限 2）：a; 市场监管局 scjg/);
  const foreign = alert({ found: undefined, topic: '危化品', raised_by: 'yjgl' });
  expect(alertsText([foreign], { more: false, raised: undefined }, 'zh', names('zh'))).toMatch(
    /危化品 第三街道 320671003\s+其他系统 \(yjgl\)/,
  );
  expect(alertsText([], { more: false, raised: undefined }, 'en', names('en'))).toContain(
    'hengjian risk alerts --raise',
  );
});
