import { formatShare } from '../../i18n/format.ts';
import type { BuiltChart, ChartContext, ChartPoint } from '../built-chart.ts';
import { chartMessages } from '../chart-messages.ts';
import { formatCount } from '../format.ts';
import { type FunnelCounts, statusesOf } from './funnel-status.ts';
import { statusBarsSpec } from './status-bars-spec.ts';

/**
 * The funnel itself: what was pushed, what of it was claimed, what of the claimed was fed back, each by status.
 * @param feedback false where the rule set expects no feedback
 */
export function funnelStagesChart(
  counts: FunnelCounts,
  { caption, feedback = true }: { caption: string; feedback?: boolean },
  context: ChartContext,
): BuiltChart {
  const words = chartMessages(context.locale);
  const names = feedback ? (['claim', 'feedback'] as const) : (['claim'] as const);
  const statuses = statusesOf(names.map((stage) => counts[stage]));
  const stages = names.map((stage) => {
    const total = statuses.reduce((sum, status) => sum + counts[stage][status], 0);
    const base = formatCount(total, context.locale);
    return { stage, total, category: `${words[stage]}  n=${base}` };
  });
  const largest = Math.max(1, ...stages.map(({ total }) => total));
  const points = stages.flatMap(({ stage, total, category }, row) =>
    statuses.flatMap((status, column): ChartPoint[] => {
      const count = counts[stage][status];
      if (count === 0) return [];
      const share = formatShare(count, total);
      const figure = formatCount(count, context.locale);
      return [
        {
          key: `${stage} ${status}`,
          column,
          row,
          category,
          status,
          order: column,
          count,
          figure: (count / largest) * context.width > 110 ? `${figure} · ${share}` : '',
          lines: [`${words[stage]} · ${words[status]}`, `${figure}/${formatCount(total, context.locale)} = ${share}`],
        },
      ];
    }),
  );
  return {
    spec: statusBarsSpec({
      statuses,
      categories: stages.map(({ category }) => category),
      horizontal: true,
      normalize: false,
      valueTitle: null,
      categoryTitle: null,
      width: context.width,
      height: feedback ? 150 : 100,
      locale: context.locale,
      figures: true,
    }),
    points,
    table: {
      caption,
      columns: [
        { label: words.stage, numeric: false },
        ...statuses.map((status) => ({ label: words[status], numeric: true })),
        { label: words.total, numeric: true },
      ],
      rows: stages.map(({ stage, total }) => [
        { text: words[stage] },
        ...statuses.map((status) => ({ text: formatCount(counts[stage][status], context.locale) })),
        { text: formatCount(total, context.locale) },
      ]),
    },
    summary: summarise(counts, feedback, context),
  };
}

function summarise(counts: FunnelCounts, feedback: boolean, { locale }: ChartContext): string {
  if (counts.pushed === 0) return '';
  const { claim } = counts;
  const done = claim.on_time + claim.late + claim.done;
  const n = (value: number) => formatCount(value, locale);
  const share = formatShare(done, counts.pushed);
  const timed = statusesOf([claim]).includes('overdue');
  const overdue = feedback && statusesOf([counts.feedback]).includes('overdue') ? n(counts.feedback.overdue) : null;
  if (locale === 'en') {
    const open = timed ? `${n(claim.overdue)} are overdue for claiming` : `${n(claim.waiting)} wait to be claimed`;
    const more = overdue === null ? '' : timed ? `, ${overdue} for feedback` : `, ${overdue} are overdue for feedback`;
    return `Of ${n(counts.pushed)} pushes ${n(done)} are claimed (${share}), ${open}${more}.`;
  }
  const open = timed ? `超期未认领 ${n(claim.overdue)} 件` : `未认领 ${n(claim.waiting)} 件`;
  const more = overdue === null ? '' : `，超期未反馈 ${overdue} 件`;
  return `推送 ${n(counts.pushed)} 件，已认领 ${n(done)} 件（${share}），${open}${more}。`;
}
