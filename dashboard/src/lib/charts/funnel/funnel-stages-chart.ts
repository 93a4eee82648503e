import { formatShare } from '../../i18n/format.ts';
import type { BuiltChart, ChartContext, ChartPoint } from '../built-chart.ts';
import { chartMessages } from '../chart-messages.ts';
import { formatCount } from '../format.ts';
import { type FunnelCounts, funnelStatuses } from './funnel-status.ts';
import { statusBarsSpec } from './status-bars-spec.ts';

/** The funnel itself: what was pushed, what of it was claimed, what of the claimed was fed back, each by status. */
export function funnelStagesChart(
  counts: FunnelCounts,
  options: { caption: string },
  context: ChartContext,
): BuiltChart {
  const words = chartMessages(context.locale);
  const stages = (['claim', 'feedback'] as const).map((stage) => {
    const total = funnelStatuses.reduce((sum, status) => sum + counts[stage][status], 0);
    const base = formatCount(total, context.locale);
    return { stage, total, category: `${words[stage]}  n=${base}` };
  });
  const largest = Math.max(1, ...stages.map(({ total }) => total));
  const points = stages.flatMap(({ stage, total, category }, row) =>
    funnelStatuses.flatMap((status, column): ChartPoint[] => {
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
      categories: stages.map(({ category }) => category),
      horizontal: true,
      normalize: false,
      valueTitle: null,
      categoryTitle: null,
      width: context.width,
      height: 150,
      locale: context.locale,
      figures: true,
    }),
    points,
    table: {
      caption: options.caption,
      columns: [
        { label: words.stage, numeric: false },
        ...funnelStatuses.map((status) => ({ label: words[status], numeric: true })),
        { label: words.total, numeric: true },
      ],
      rows: stages.map(({ stage, total }) => [
        { text: words[stage] },
        ...funnelStatuses.map((status) => ({ text: formatCount(counts[stage][status], context.locale) })),
        { text: formatCount(total, context.locale) },
      ]),
    },
    summary: summarise(counts, context),
  };
}

function summarise(counts: FunnelCounts, { locale }: ChartContext): string {
  if (counts.pushed === 0) return '';
  const done = counts.claim.on_time + counts.claim.late;
  const n = (value: number) => formatCount(value, locale);
  const share = formatShare(done, counts.pushed);
  if (locale === 'en') {
    return `Of ${n(counts.pushed)} pushes ${n(done)} are claimed (${share}), ${n(counts.claim.overdue)} are overdue for claiming, ${n(counts.feedback.overdue)} for feedback.`;
  }
  return `推送 ${n(counts.pushed)} 件，已认领 ${n(done)} 件（${share}），超期未认领 ${n(counts.claim.overdue)} 件，超期未反馈 ${n(counts.feedback.overdue)} 件。`;
}
