/** An alert in words: what it is about, and why it was raised. */
import { estimateText } from '@hengjian/contract/estimate-text.ts';
import { OFFICE_UNIT } from '@hengjian/contract/office-unit.ts';
import { statisticText } from '@hengjian/contract/statistic-text.ts';
import type { RiskAlertData } from '@hengjian/models/risk/alerts/risk-alert.ts';
import type { RiskAlert } from '@hengjian/models/risk/queries/read-risk-alerts.ts';
import { industryName } from '#lib/charts/heat-area-industry/industry-sections.ts';
import { formatQuarter } from '#lib/i18n/format.ts';
import type { Locale } from '#lib/i18n/locale.ts';
import { translate } from '#lib/i18n/translate.ts';

export interface AlertNames {
  area: (code: string) => string;
  unit: (id: string) => string;
}

export function alertTitle(locale: Locale, alert: RiskAlert, names: AlertNames): string {
  const { found, subject, name, area, industry } = alert;
  const about = subject
    ? name || subject
    : area
      ? names.area(area) || area
      : industry
        ? industryName(industry, locale)
        : alert.alert_id;
  const place = found && !found.area && found.industry && !subject ? industryName(found.industry, locale) : about;
  if (!found)
    return translate(locale, 'risk.alerts.other', {
      place,
      topic: alert.topic || translate(locale, 'risk.alerts.other.topic'),
    });
  if (found.topic === 'visits') return translate(locale, 'risk.alerts.often', { place, n: found.n });
  const topic = translate(locale, `risk.alerts.topic.${found.topic}`);
  return translate(locale, `risk.alerts.${found.direction}`, { place, topic });
}

export function alertReason(locale: Locale, { found, raised_by }: RiskAlert, names: AlertNames): string {
  if (!found)
    return translate(locale, 'risk.alerts.because.other', {
      unit: raised_by === OFFICE_UNIT ? translate(locale, 'desk.office') : names.unit(raised_by),
    });
  const { chart, topic, n, count, target, month } = found;
  if (topic === 'visits') {
    const units = new Set(found.visits.map(({ unit }) => unit)).size;
    return translate(locale, 'risk.alerts.because.limit', { month: formatQuarter(locale, month), units, n, target });
  }
  if (chart === 'funnel')
    return translate(locale, 'risk.alerts.because.funnel', {
      ...{ count, n, share: estimateText(found.value), target: estimateText(target) },
      ...{ lower: estimateText(found.lower ?? 0), upper: estimateText(found.upper ?? 1) },
    });
  const kind = topic === 'findings' ? 'rate' : 'count';
  return translate(locale, `risk.alerts.because.${chart === 'ewma' ? 'ewma' : 'cusum'}.${kind}`, {
    ...{ count, n, target: estimateText(Math.min(1, target)), usual: statisticText(target, 1) },
    ...{
      value: statisticText(found.value, 2),
      lower: statisticText(found.lower ?? 0, 2),
      upper: statisticText(found.upper ?? 0, 2),
    },
  });
}

/** A value of the chart as it is read. */
export function alertValue(chart: RiskAlertData['chart'], value: number | null): string {
  if (value === null) return '—';
  return chart === 'funnel' ? estimateText(value) : statisticText(value, 2);
}
