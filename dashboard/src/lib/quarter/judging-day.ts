const local = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', dateStyle: 'short' });
const oneDay = 86_400_000;

/** Today in Asia/Shanghai, or the day of the cut-off once that is over: the state of a finished quarter stands still. */
export function judgingDay(cutoff: string | null, now: Date): string {
  return lastDay(cutoff, local.format(now)) ?? local.format(now);
}

/** The last day that is over, or that of the cut-off: what is due today can still be done today. */
export function lastFullDay(cutoff: string | null, now: Date): string {
  return lastDay(cutoff, local.format(now)) ?? local.format(new Date(now.getTime() - oneDay));
}

/** The day of the cut-off when it lies before today. */
function lastDay(cutoff: string | null, today: string): string | undefined {
  if (!cutoff) return undefined;
  // ClickHouse prints the legal clock without an offset.
  const day = /[zZ]$|[+-]\d\d:\d\d$/.test(cutoff) ? local.format(new Date(cutoff)) : cutoff.slice(0, 10);
  return day < today ? day : undefined;
}
