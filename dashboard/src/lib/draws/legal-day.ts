/** Today on the legal clock, YYYY-MM-DD. */
export function legalDay(now = new Date()): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', dateStyle: 'short' }).format(now);
}
