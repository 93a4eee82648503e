/** What the indicators of the weekly heat map are called and mean; those of rule sets without points go by their items. */
import type { HeatIndicator, HeatIndicatorId } from '@hengjian/models/queries/heat-indicators.ts';
import { listText } from '#lib/i18n/list-text.ts';
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

/** Definitions of several indicators, each said once with the names of all that share it, in the order of the first. */
export function sharedDefinitions(
  locale: Locale,
  indicators: readonly HeatIndicator[],
): { names: string; text: string }[] {
  const byText = Map.groupBy(indicators, (indicator) => indicatorDefinition(locale, indicator));
  return [...byText].map(([text, sharing]) => ({
    names: listText(
      locale,
      sharing.map((indicator) => indicatorName(locale, indicator)),
    ),
    text,
  }));
}
