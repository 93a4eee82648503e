/** What the indicators of the weekly heat map are called and mean; those of rule sets without points go by their items. */
import type { HeatIndicator, HeatIndicatorId } from '@hengjian/models/queries/heat-indicators.ts';
import type { Locale } from '#lib/i18n/locale.ts';
import { translate } from '#lib/i18n/translate.ts';

const isTimely = ({ numerator }: HeatIndicator): boolean => numerator === 'on_time';

export function indicatorName(locale: Locale, indicator: HeatIndicator): string {
  const { id, name } = indicator;
  if (!name) return translate(locale, `heat.indicator.${id as HeatIndicatorId}`);
  return translate(locale, isTimely(indicator) ? 'heat.indicator.rate_timely' : 'heat.indicator.rate', {
    item: locale === 'en' ? name.en : name.zh,
  });
}

export function indicatorDefinition(locale: Locale, indicator: HeatIndicator): string {
  const { id, name } = indicator;
  if (!name) return translate(locale, `heat.define.${id as HeatIndicatorId}`);
  return translate(locale, isTimely(indicator) ? 'heat.define.rate_timely' : 'heat.define.rate_done');
}
