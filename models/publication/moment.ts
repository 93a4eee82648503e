/** A moment as records write it: RFC 3339 with +08:00. The reverse is `wallTime` of models/scoring. */

/** `2025-07-20 08:59:58.123456` → `2025-07-20T08:59:58.123456+08:00` */
export function momentOf(wallTime: string): string {
  return `${wallTime.replace(' ', 'T')}+08:00`;
}
