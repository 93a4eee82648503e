import { describe, expect, test } from 'vitest';
import { createView } from '../create-view.ts';
import { funnelBarsChart } from './funnel-bars-chart.ts';
import { funnelStagesChart } from './funnel-stages-chart.ts';

const none = { on_time: 0, late: 0, done: 0, waiting: 0, open: 0, overdue: 0 };
const counts = {
  pushed: 100,
  claim: { ...none, on_time: 70, late: 10, open: 5, overdue: 15 },
  feedback: { ...none, on_time: 40, open: 30, overdue: 10 },
};
const context = { locale: 'zh-CN', width: 900 } as const;

describe('funnel stages', () => {
  const chart = funnelStagesChart(counts, { caption: '办理漏斗' }, context);

  test('each share has its own n: pushes for claiming, claimed pushes for feedback', () => {
    const lines = (key: string) => chart.points.find((point) => point.key === key)?.lines;
    expect(lines('claim overdue')).toEqual(['认领 · 超期未办', '15/100 = 15.0%']);
    expect(lines('feedback on_time')).toEqual(['反馈 · 按时', '40/80 = 50.0%']);
  });

  test('a state without cases is in the table as 0 and not in the drawing', () => {
    expect(chart.points.some((point) => point.key === 'feedback late')).toBe(false);
    expect(chart.table.rows[1]!.map((cell) => cell.text)).toEqual(['反馈', '40', '0', '30', '10', '80']);
  });

  test('the summary says what a reader should take away', () => {
    expect(chart.summary).toBe('推送 100 件，已认领 80 件（80.0%），超期未认领 15 件，超期未反馈 10 件。');
    expect(funnelStagesChart(counts, { caption: '' }, { ...context, locale: 'en' }).summary).toContain(
      '15 are overdue',
    );
  });

  test('without a deadline there is done and not done; no stage of feedback where none is expected', () => {
    const untimed = { pushed: 10, claim: { ...none, done: 8, waiting: 2 }, feedback: none };
    const alone = funnelStagesChart(untimed, { caption: '', feedback: false }, context);
    expect(alone.table.columns.map(({ label }) => label)).toEqual(['环节', '已办', '未办', '合计']);
    expect(alone.table.rows.map((row) => row.map(({ text }) => text))).toEqual([['认领', '8', '2', '10']]);
    expect(alone.summary).toBe('推送 10 件，已认领 8 件（80.0%），未认领 2 件。');
    const timed = { ...untimed, feedback: { ...none, late: 3, overdue: 1 } };
    const both = funnelStagesChart(timed, { caption: '' }, context);
    expect(both.table.columns).toHaveLength(8);
    expect(both.summary).toBe('推送 10 件，已认领 8 件（80.0%），未认领 2 件，超期未反馈 1 件。');
  });

  test('draws seven segments in theme colours', async () => {
    const svg = await createView(chart, 'zh-CN').toSVG();
    expect(svg.match(/fill="var\(--status-/g)!.length).toBeGreaterThanOrEqual(7);
    expect(svg).toContain('认领  n=100');
    expect(svg).not.toContain('style=');
  });

  test('no pushes at all: nothing to draw, no division by zero', () => {
    const empty = funnelStagesChart({ pushed: 0, claim: none, feedback: none }, { caption: '' }, context);
    expect(empty.points).toEqual([]);
    expect(JSON.stringify(empty)).not.toContain('NaN');
  });
});

describe('funnel bars', () => {
  const bars = [
    { id: 'scjg', name: '市场监管局', title: '市场监管局', counts: counts.claim },
    { id: 'czj', name: '财政局', title: '财政局', counts: { ...none, on_time: 1 } },
  ];

  test('a unit leads to its own view, in the drawing and in the table', () => {
    const chart = funnelBarsChart(bars, { caption: '', by: 'unit', href: (id) => `/funnel?unit=${id}` }, context);
    expect(new Set(chart.points.map((point) => point.href))).toEqual(
      new Set(['/funnel?unit=scjg', '/funnel?unit=czj']),
    );
    expect(chart.table.rows[1]![0]).toEqual({ text: '财政局', href: '/funnel?unit=czj' });
    expect(chart.summary).toBe('超期未办最多：市场监管局，15 件（共 100 件）。');
  });

  test('weeks stand upright and keep their order', async () => {
    const weeks = ['4-7', '4-14', '4-21'].map((name) => ({ id: name, name, title: name, counts: counts.claim }));
    const svg = await createView(funnelBarsChart(weeks, { caption: '', by: 'week' }, context), 'zh-CN').toSVG();
    expect(svg.indexOf('>4-7<')).toBeLessThan(svg.indexOf('>4-14<'));
    expect(svg.indexOf('>4-14<')).toBeLessThan(svg.indexOf('>4-21<'));
  });
});
