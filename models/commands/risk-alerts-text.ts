/** Alerts as text for a terminal. */
import { statisticText } from '@hengjian/contract/statistic-text.ts';
import type { RiskAlert } from '../risk/queries/read-risk-alerts.ts';
import type { Language } from './language.ts';
import type { PlaceNames } from './place-names.ts';
import { textTable } from './text-table.ts';

const WORDS = {
  zh: {
    head: ['预警', '情形', '依据', '状态', '承办单位', '期限'],
    none: '没有预警。每月结束后由 up 的调度自动研判；也可运行 hengjian risk alerts --raise。',
    more: '还有更多；--json 列出全部。',
    raised: (months: string, n: number) => `已研判 ${months}，新增预警 ${n} 条。`,
    topic: { findings: '检查发现问题率', complaints: '投诉举报', abnormal: '列入经营异常', visits: '多头重复检查' },
    direction: { high: '偏高', low: '偏低' },
    state: { open: '待交办', assigned: '已交办', disposed: '已处置' },
    rate: (k: number, n: number) => `${k}/${n} 次检查发现问题`,
    events: (k: number, usual: string) => `${k} 件，通常每月 ${usual} 件`,
    visits: (n: number, limit: number, units: string) => `12 个月内 ${n} 次（上限 ${limit}）：${units}`,
    other: '其他系统',
  },
  en: {
    head: ['alert', 'what', 'why', 'state', 'given to', 'due'],
    none: 'No alerts. The scheduler of `up` judges each month that ends; `hengjian risk alerts --raise` does it now.',
    more: 'There are more; --json lists all.',
    raised: (months: string, n: number) => `Judged ${months}; ${n} new alert${n === 1 ? '' : 's'}.`,
    topic: { findings: 'finding rate', complaints: 'complaints', abnormal: 'abnormal listings', visits: 'visits' },
    direction: { high: 'high', low: 'low' },
    state: { open: 'open', assigned: 'assigned', disposed: 'disposed' },
    rate: (k: number, n: number) => `${k} of ${n} inspections found something`,
    events: (k: number, usual: string) => `${k}, usually ${usual} a month`,
    visits: (n: number, limit: number, units: string) => `${n} in 12 months (limit ${limit}): ${units}`,
    other: 'another system',
  },
} as const;

export function alertsText(
  alerts: readonly RiskAlert[],
  { more, raised }: { more: boolean; raised: { months: string[]; raised: string[] } | undefined },
  language: Language,
  names: PlaceNames,
): string {
  const words = WORDS[language];
  const told = raised ? `${words.raised(raised.months.join(' '), raised.raised.length)}\n\n` : '';
  if (alerts.length === 0) return `${told}${words.none}\n`;
  const rows = alerts.map((alert) => [
    alert.alert_id,
    whatOf(alert, language, names),
    whyOf(alert, language, names),
    words.state[alert.state],
    names.unit(alert.unit),
    alert.due_on,
  ]);
  const table = textTable([...words.head], rows, ['left', 'left', 'left', 'left', 'left', 'left']);
  return `${told}${table}\n${more ? `${words.more}\n` : ''}`;
}

function whatOf(
  { found, topic, area, industry, subject, name }: RiskAlert,
  language: Language,
  names: PlaceNames,
): string {
  const words = WORDS[language];
  const place =
    found?.topic === 'visits' ? `${name} ${subject}`.trim() : (area && names.area(area)) || industry || name || subject;
  if (!found) return `${topic || words.other} ${place}`.trim();
  return `${place} ${words.topic[found.topic]}${found.topic === 'visits' ? '' : ` ${words.direction[found.direction]}`}`;
}

function whyOf({ found, raised_by }: RiskAlert, language: Language, names: PlaceNames): string {
  const words = WORDS[language];
  if (!found) return `${words.other} (${raised_by})`;
  if (found.topic === 'visits')
    return words.visits(
      found.n,
      found.target,
      [...new Set(found.visits.map(({ unit }) => names.unit(unit)))].join('; '),
    );
  const what =
    found.topic === 'findings'
      ? words.rate(found.count, found.n)
      : words.events(found.count, statisticText(found.target, 1));
  return `${found.month} ${found.chart.toUpperCase()}: ${what}`;
}
