import { formatShare } from '../../i18n/format.ts';
import type { BuiltChart, ChartContext, ChartPoint } from '../built-chart.ts';
import { chartMessages } from '../chart-messages.ts';
import { formatCount } from '../format.ts';
import { type FunnelStatus, statusesOf } from './funnel-status.ts';
import { statusBarsSpec } from './status-bars-spec.ts';

/** One bar: a week or a unit, with what stands behind each status. */
export interface FunnelBar {
  id: string;
  /** On the axis. */
  name: string;
  /** In the tooltip, in full. */
  title: string;
  counts: Record<FunnelStatus, number>;
}

/** Status of one stage (claiming or feedback) by week (upright, counts) or by unit (lying, shares with n). */
export function funnelBarsChart(
  bars: FunnelBar[],
  options: { caption: string; by: 'week' | 'unit'; href?: (id: string) => string },
  context: ChartContext,
): BuiltChart {
  const words = chartMessages(context.locale);
  const byUnit = options.by === 'unit';
  const statuses = statusesOf(bars.map((bar) => bar.counts));
  const withTotal = withTotals(bars, statuses, byUnit, context);
  const points = withTotal.flatMap((bar, index) =>
    statuses.flatMap((status, order): ChartPoint[] => {
      const count = bar.counts[status];
      if (count === 0) return [];
      const share = formatShare(count, bar.total);
      return [
        {
          key: `${bar.id} ${status}`,
          column: byUnit ? order : index,
          row: byUnit ? index : statuses.length - 1 - order,
          category: bar.axis,
          status,
          order,
          count,
          figure: byUnit && (count / bar.total) * (context.width - 200) > 44 ? share : '',
          lines: [
            bar.title,
            words[status],
            `${formatCount(count, context.locale)}/${formatCount(bar.total, context.locale)} = ${share}`,
          ],
          ...(options.href ? { href: options.href(bar.id) } : {}),
        },
      ];
    }),
  );
  return {
    spec: statusBarsSpec({
      statuses,
      categories: withTotal.map((bar) => bar.axis),
      horizontal: byUnit,
      normalize: byUnit,
      valueTitle: byUnit ? words.share : words.count,
      categoryTitle: byUnit ? null : words.weekFrom,
      width: context.width,
      height: byUnit ? bars.length * 28 + 80 : 280,
      locale: context.locale,
      figures: byUnit,
    }),
    points,
    table: {
      caption: options.caption,
      columns: [
        { label: byUnit ? words.unit : words.weekFrom, numeric: false },
        ...statuses.map((status) => ({ label: words[status], numeric: true })),
        { label: words.total, numeric: true },
      ],
      rows: withTotal.map((bar) => [
        { text: byUnit ? bar.name : bar.title, ...(options.href ? { href: options.href(bar.id) } : {}) },
        ...statuses.map((status) => ({ text: formatCount(bar.counts[status], context.locale) })),
        { text: formatCount(bar.total, context.locale) },
      ]),
    },
    summary: summarise(withTotal, context),
  };
}

function withTotals(
  bars: FunnelBar[],
  statuses: ReturnType<typeof statusesOf>,
  byUnit: boolean,
  { locale, width }: ChartContext,
) {
  return bars.map((bar) => {
    const total = statuses.reduce((sum, status) => sum + bar.counts[status], 0);
    const axis = byUnit && width >= 640 ? `${bar.name}  n=${formatCount(total, locale)}` : bar.name;
    return { ...bar, total, axis };
  });
}

function summarise(bars: (FunnelBar & { total: number })[], { locale }: ChartContext): string {
  const timed = statusesOf(bars.map((bar) => bar.counts)).includes('overdue');
  const left = ({ counts }: FunnelBar) => (timed ? counts.overdue : counts.waiting);
  const worst = [...bars].sort((a, b) => left(b) - left(a))[0];
  if (!worst) return '';
  const [most, none] =
    locale === 'en'
      ? timed
        ? ['Most overdue', 'Nothing is overdue.']
        : ['Most still to do', 'Nothing is left to do.']
      : timed
        ? ['超期未办最多', '没有超期未办事项。']
        : ['未办最多', '没有未办事项。'];
  if (left(worst) === 0) return none;
  const n = formatCount(left(worst), locale);
  const total = formatCount(worst.total, locale);
  return locale === 'en'
    ? `${most}: ${worst.title}, ${n} of ${total}.`
    : `${most}：${worst.title}，${n} 件（共 ${total} 件）。`;
}
