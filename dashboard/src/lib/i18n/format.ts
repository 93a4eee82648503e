import { type Exact, percentText, roundExact } from '@hengjian/contract/round-exact.ts';
import type { Locale } from './locale.ts';

const zone = 'Asia/Shanghai';
const ordinals = ['一', '二', '三', '四'];
const monthNames = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** "2026Q3" → "2026年第三季度" / "Q3 2026"; likewise "2026-07" → "2026年7月" / "Jul 2026", "2026" → "2026年" / "2026". */
export function formatQuarter(locale: Locale, period: string): string {
  const month = /^(\d{4})-(\d\d)$/.exec(period);
  if (month)
    return locale === 'en' ? `${monthNames[Number(month[2]) - 1]} ${month[1]}` : `${month[1]}年${Number(month[2])}月`;
  if (/^\d{4}$/.test(period)) return locale === 'en' ? period : `${period}年`;
  const [year, number] = period.split('Q');
  return locale === 'en' ? `Q${number} ${year}` : `${year}年第${ordinals[Number(number) - 1] ?? number}季度`;
}

export function formatPoints(points: Exact, digits = 2): string {
  return roundExact(points, digits);
}

/** The points that an item may give: whole ones as such. */
export function formatWeight(weight: number): string {
  return roundExact(weight, Number.isInteger(weight) ? 0 : 2);
}

/** A change with its sign; a true minus sign, so that columns align. */
export function formatChange(change: Exact, digits = 2): string {
  const text = roundExact(change, digits);
  if (text.startsWith('-')) return `−${text.slice(1)}`;
  return /[1-9]/.test(text) ? `+${text}` : text;
}

/** A part of a whole: `91.4%`; only a full share reads 100%. */
export function formatShare(part: Exact, whole: Exact): string {
  return percentText(part, whole);
}

export function formatCount(locale: Locale, count: number): string {
  return new Intl.NumberFormat(locale).format(count);
}

/** Accepts "2025-04-09", ISO instants and ClickHouse's "2025-04-09 10:00:00.000" (legal clock of Shanghai). */
function instant(text: string): Date {
  if (/^\d{4}-\d\d-\d\d$/.test(text)) return new Date(`${text}T00:00:00+08:00`);
  if (/^\d{4}-\d\d-\d\d \d/.test(text))
    return new Date(`${text.replace(' ', 'T').replace(/(\.\d{3})\d*$/, '$1')}+08:00`);
  return new Date(text);
}

/** A day: "2025年4月9日" / "9 Apr 2025". */
export function formatDay(locale: Locale, text: string): string {
  const options = {
    timeZone: zone,
    year: 'numeric',
    month: locale === 'en' ? 'short' : 'long',
    day: 'numeric',
  } as const;
  return new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : locale, options).format(instant(text));
}

/** A moment to the minute: "2025年4月9日 10:00". */
export function formatMoment(locale: Locale, text: string): string {
  const time = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit' }).format(
    instant(text),
  );
  return `${formatDay(locale, text)} ${time}`;
}

/** Compact for table columns: "2025-04-09 10:00". */
export function formatStamp(text: string): string {
  const parts = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' });
  return parts.format(instant(text));
}

/** A cut-off is the end of a day, which an office writes as that day's 24 o'clock: "2025年7月9日24时" / "end of 9 Jul 2025". */
export function formatCutoff(locale: Locale, text: string): string {
  const day = formatDay(locale, new Date(instant(text).getTime() - 1).toISOString());
  return locale === 'en' ? `end of ${day}` : `${day}24时`;
}
