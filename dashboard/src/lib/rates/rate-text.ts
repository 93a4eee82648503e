import { badgeText } from '../i18n/badge-text.ts';
import { formatShare } from '../i18n/format.ts';
import type { Locale } from '../i18n/locale.ts';
import { translate } from '../i18n/translate.ts';
import type { CellText } from '../ranking/cell-text.ts';
import { intervalText, rateInterval } from '../ranking/rate-interval.ts';
import type { RateCell, RateColumn } from './rate-matrix.ts';

/** By the name that the rule set gives it: other rule sets have items of the same id. */
export function rateName(locale: Locale, { item, name, name_en }: RateColumn): string {
  return (locale === 'en' ? name_en : name) || item;
}

/** A cell in words, for its tip and for screen readers: counts, both shares, place, and every badge with its meaning. */
export function rateText(locale: Locale, unit: string, column: RateColumn, cell: RateCell): CellText {
  const head = translate(locale, 'rates.cell', { unit, item: rateName(locale, column) });
  const lines: string[] = [];
  if (cell.share !== null)
    lines.push(
      translate(locale, 'rates.cell.ratio', {
        n: cell.numerator,
        due: cell.denominator,
        share: formatShare(cell.numerator, cell.denominator),
      }),
    );
  const interval = rateInterval(cell.numerator, cell.denominator);
  if (interval) lines.push(translate(locale, 'interval.wilson', intervalText(interval)));
  if (cell.timely !== null)
    lines.push(
      translate(locale, 'rates.cell.on_time', {
        n: cell.onTime ?? 0,
        share: formatShare(cell.onTime ?? 0, cell.denominator),
      }),
    );
  if (cell.rank !== null) lines.push(translate(locale, 'rates.rank', { rank: cell.rank }));
  if (cell.share === null) lines.push(translate(locale, 'rates.no_business'));
  for (const badge of cell.badges) if (badge !== 'no_business') lines.push(badgeText(locale, badge));
  return { head, context: head, lines };
}
