import type { Locale } from '../i18n/locale.ts';

/** Whole number with thousands separators. */
export function formatCount(value: number, locale: Locale): string {
  return new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }).format(value);
}

/** Day of an epoch-millisecond UTC midnight, as `YYYY-MM-DD`. */
export function isoDay(epoch: number): string {
  return new Date(epoch).toISOString().slice(0, 10);
}

/** `4-7`: month and day without padding, for axes where the year is in the heading. */
export function shortDay(epoch: number): string {
  const day = new Date(epoch);
  return `${day.getUTCMonth() + 1}-${day.getUTCDate()}`;
}

/** The Monday-to-Sunday week that starts on the given day: `6月9日—15日`, `9–15 June`. */
export function formatWeek(monday: number, locale: Locale): string {
  const sunday = monday + 6 * 86_400_000;
  if (locale === 'en') {
    const format = new Intl.DateTimeFormat('en-GB', { month: 'short', day: 'numeric', timeZone: 'UTC' });
    return format.formatRange(monday, sunday);
  }
  const [first, last] = [new Date(monday), new Date(sunday)];
  const sameMonth = first.getUTCMonth() === last.getUTCMonth();
  const month = (day: Date) => `${day.getUTCMonth() + 1}月`;
  return `${month(first)}${first.getUTCDate()}日—${sameMonth ? '' : month(last)}${last.getUTCDate()}日`;
}
