import type { FunnelRow } from '@hengjian/models/queries/funnel.ts';
import { formatWeek, isoDay, shortDay } from '#lib/charts/format.ts';
import type { FunnelBar } from '#lib/charts/funnel/funnel-bars-chart.ts';
import { addFunnelCounts, type FunnelCounts, noFunnelCounts } from '#lib/charts/funnel/funnel-status.ts';
import type { Locale } from '#lib/i18n/locale.ts';

/** Days as epoch milliseconds, as charts and Arrow have them. */
export type FunnelWeekRow = Omit<FunnelRow, 'week'> & { week: number };
export type FunnelStage = 'claim' | 'feedback';

export interface FunnelFilter {
  unit: string;
  /** Monday `YYYY-MM-DD`, '' for the whole quarter. */
  week: string;
}

export function countsOf(row: FunnelWeekRow): FunnelCounts {
  return {
    pushed: row.pushed,
    claim: {
      on_time: row.claim_on_time,
      late: row.claim_late,
      done: row.claim_done,
      waiting: row.claim_waiting,
      open: row.claim_open,
      overdue: row.claim_overdue,
    },
    feedback: {
      on_time: row.feedback_on_time,
      late: row.feedback_late,
      done: row.feedback_done,
      waiting: row.feedback_waiting,
      open: row.feedback_open,
      overdue: row.feedback_overdue,
    },
  };
}

function matches(row: FunnelWeekRow, filter: FunnelFilter): boolean {
  return (filter.unit === '' || row.unit === filter.unit) && (filter.week === '' || isoDay(row.week) === filter.week);
}

/** All pushes that pass the filter. */
export function funnelTotal(rows: FunnelWeekRow[], filter: FunnelFilter): FunnelCounts {
  return rows
    .filter((row) => matches(row, filter))
    .reduce((sum, row) => addFunnelCounts(sum, countsOf(row)), noFunnelCounts);
}

/** A bar a unit, in the order of the rule set; units stay in sight when one of them is chosen. */
export function unitBars(rows: FunnelWeekRow[], stage: FunnelStage, filter: FunnelFilter, locale: Locale): FunnelBar[] {
  return [...Map.groupBy(rows, (row) => row.unit)].map(([unit, own]) => {
    const name = (locale === 'en' && own[0]!.unit_name_en) || own[0]!.unit_name || unit;
    return { id: unit, name, title: name, counts: funnelTotal(own, { ...filter, unit: '' })[stage] };
  });
}

/** A bar a week, oldest first; weeks stay in sight when one of them is chosen. */
export function weekBars(rows: FunnelWeekRow[], stage: FunnelStage, filter: FunnelFilter, locale: Locale): FunnelBar[] {
  return [...Map.groupBy(rows, (row) => row.week)]
    .sort(([a], [b]) => a - b)
    .map(([week, own]) => ({
      id: isoDay(week),
      name: shortDay(week),
      title: formatWeek(week, locale),
      counts: funnelTotal(own, { ...filter, week: '' })[stage],
    }));
}
