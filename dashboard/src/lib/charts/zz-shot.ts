import { readFileSync, writeFileSync } from 'node:fs';
import { createView } from './create-view.ts';
import { funnelBarsChart } from './funnel/funnel-bars-chart.ts';
import { funnelStagesChart } from './funnel/funnel-stages-chart.ts';
import { heatAreaIndustryChart } from './heat-area-industry/heat-area-industry-chart.ts';
import { heatUnitWeekChart } from './heat-unit-week/heat-unit-week-chart.ts';
import { streamMinuteChart } from './stream-minute/stream-minute-chart.ts';

const css = readFileSync('./charts.css', 'utf8');
const width = Number(process.argv[2] ?? 1000);
const context = { locale: (process.argv[3] ?? 'zh-CN') as 'zh-CN', width };
const units = [
  '组织部（人社局、民政局）',
  '社会事业局',
  '经济发展局',
  '财政局',
  '房产管理局',
  '建设局',
  '综合执法局',
  '应急管理局',
  '生态环境局',
  '市场监管局',
  '行政审批局',
  '公安分局',
  '消防大队',
  '自然资源和规划分局',
];
let s = 1;
const rnd = () => (s = (s * 16807) % 2147483647) / 2147483647;
const monday = Date.UTC(2025, 2, 31);
const cells = units.flatMap((u, i) =>
  Array.from({ length: 13 }, (_, w) => {
    const d = Math.floor(rnd() * 30);
    const n = Math.floor(d * (0.5 + 0.5 * rnd()));
    return {
      line: 'u' + i,
      lineName: u,
      week: monday + w * 7 * 86400e3,
      numerator: n,
      denominator: d,
      kind: 'achieved' as const,
      complete: false,
    };
  }),
);
const charts = [
  funnelStagesChart(
    {
      pushed: 1250,
      claim: { on_time: 900, late: 200, open: 50, overdue: 100 },
      feedback: { on_time: 600, late: 200, open: 250, overdue: 50 },
    },
    { caption: 'x' },
    context,
  ),
  funnelBarsChart(
    units.map((u, i) => ({
      id: 'u' + i,
      name: u,
      title: u,
      counts: { on_time: 50 + i * 7, late: 10, open: 3, overdue: i },
    })),
    { caption: 'x', by: 'unit' },
    context,
  ),
  funnelBarsChart(
    Array.from({ length: 13 }, (_, w) => ({
      id: 'w' + w,
      name: `${4 + Math.floor(w / 4)}-${1 + (w % 4) * 7}`,
      title: '周' + w,
      counts: { on_time: 50 + w * 3, late: 10, open: w > 10 ? 30 : 0, overdue: w },
    })),
    { caption: 'x', by: 'week' },
    context,
  ),
  heatUnitWeekChart(
    cells,
    { caption: 'x', lineHeading: '单位', lines: units.map((name, i) => ({ line: 'u' + i, name })) },
    context,
  ),
  heatUnitWeekChart(
    cells.map((c) => ({ ...c, kind: 'count' as const, denominator: null })),
    { caption: 'x', lineHeading: '单位', lines: units.map((name, i) => ({ line: 'u' + i, name })) },
    context,
  ),
  heatAreaIndustryChart(
    ['320671001', '320671002', '320671003', '320671100', ''].flatMap((area) =>
      ['C', 'E', 'F', 'H', 'I', 'L', 'P', 'Q', ''].map((industry) => ({
        area,
        areaName: area,
        industry,
        count: Math.floor(rnd() * 80),
        active: Math.floor(rnd() * 300),
      })),
    ),
    { caption: 'x', mode: 'rate' },
    context,
  ),
  streamMinuteChart(
    Array.from({ length: 60 }, (_, m) =>
      [
        'login.succeeded',
        'push.claimed',
        'registration.pushed',
        'push.outcome_fed_back',
        'licence.entered',
        'penalty.entered',
        'a.b',
        'c.d',
        'e.f',
      ].map((type, i) => ({ at: Date.UTC(2026, 0, 1, 2, m), type, events: Math.floor((rnd() * 20) / (i + 1)) })),
    ).flat(),
    { caption: 'x', from: Date.UTC(2026, 0, 1, 2, 0), to: Date.UTC(2026, 0, 1, 3, 0), step: 1, typeName: (t) => t },
    context,
  ),
];
let html = `<!doctype html><meta charset=utf8><style>${css} body{background:var(--chart-paper);color:var(--chart-ink-1);font-family:sans-serif;margin:8px}</style>`;
for (const c of charts) {
  const svg = await createView(c, context.locale).toSVG();
  html += `<p>${c.summary}</p>` + svg;
}
writeFileSync('/tmp/charts.html', html);
