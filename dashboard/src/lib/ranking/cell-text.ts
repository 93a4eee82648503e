import { badgeText } from '../i18n/badge-text.ts';
import { formatPoints } from '../i18n/format.ts';
import { itemName } from '../i18n/item-name.ts';
import type { Locale } from '../i18n/locale.ts';
import { translate } from '../i18n/translate.ts';
import type { RankingCell } from './ranking-table.ts';
import { intervalText, rateInterval } from './rate-interval.ts';
import { shareText } from './share-level.ts';

export interface CellText {
  /** Whose points for what, with points and share. */
  head: string;
  /** The same without points and share. */
  context: string;
  lines: string[];
}

/** A cell in words, for its tip and, but for what stands in it anyway, for screen readers: the n behind the rate and every badge with its meaning. */
export function cellText(locale: Locale, unit: string, cell: RankingCell): CellText {
  const lines: string[] = [];
  if (cell.numerator !== null && cell.denominator !== null) {
    const { numerator, denominator } = cell;
    lines.push(translate(locale, 'ranking.cell.ratio', { numerator, denominator }));
    const interval = rateInterval(numerator, denominator);
    if (interval) lines.push(translate(locale, 'interval.wilson', intervalText(interval)));
  }
  if (cell.on_time !== null) lines.push(translate(locale, 'ranking.cell.on_time', { on_time: cell.on_time }));
  for (const badge of cell.badges) lines.push(badgeText(locale, badge));
  const item = itemName(locale, cell);
  const place = { unit, item, weight: formatPoints(cell.weight) };
  const head = translate(locale, 'ranking.cell', {
    ...place,
    points: formatPoints(cell.points_exact),
    share: shareText(cell) ?? '',
  });
  return { head, context: translate(locale, 'ranking.cell.context', place), lines };
}
