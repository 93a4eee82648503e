import { CommandError } from '@hengjian/warehouse';

/** RFC 3339 or a day → local wall time with microseconds. @throws CommandError */
export function wallTime(text: string): string {
  if (/^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text))) return `${text} 23:59:59.999999`;
  const match = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.(\d+))?)?(Z|[+-]\d{2}:\d{2})$/i.exec(text);
  const ms = match ? Date.parse(text.replace(' ', 'T').replace(/\.\d+/, '')) : Number.NaN;
  if (Number.isNaN(ms))
    throw new CommandError(
      `"${text}" is not a time; write it like 2025-07-09T18:00:00+08:00, or a day like 2025-07-09.`,
    );
  const local = new Date(ms + 8 * 3_600_000).toISOString().replace('T', ' ').slice(0, 19);
  return `${local}.${(match![3] ?? '').slice(0, 6).padEnd(6, '0')}`;
}
