/** An entry as a list shows it. */
import type { Entry } from '@hengjian/models/queries/read-entries.ts';
import type { Locale } from '#lib/i18n/locale.ts';
import { describeEntry, type EntryNames } from './describe-entry.ts';
import { unitName } from './unit-name.ts';

export interface EntryRow {
  source: string;
  id: string;
  /** RFC 3339: when it was entered. */
  at: string;
  by: string;
  unit: string;
  text: string;
  state: 'counted' | 'waiting' | 'voided';
  voidReason: string;
  voidBy: string;
}

export function entryRow(locale: Locale, names: EntryNames, entry: Entry): EntryRow {
  const { source, id, recordedAt, by, department, voided, counted } = entry;
  return {
    source,
    id,
    at: recordedAt,
    by,
    unit: unitName(names.units, department),
    text: describeEntry(locale, names, entry),
    state: voided ? 'voided' : counted ? 'counted' : 'waiting',
    voidReason: voided?.reason ?? '',
    voidBy: voided?.by ?? '',
  };
}
