const local = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', dateStyle: 'short' });

/** Today in Asia/Shanghai, or the day of the cut-off once that is over: the state of a finished quarter stands still. */
export function judgingDay(cutoff: string | null, now: Date): string {
  const today = local.format(now);
  if (!cutoff) return today;
  // ClickHouse prints the legal clock without an offset.
  const last = /[zZ]$|[+-]\d\d:\d\d$/.test(cutoff) ? local.format(new Date(cutoff)) : cutoff.slice(0, 10);
  return [last, today].sort()[0]!;
}
