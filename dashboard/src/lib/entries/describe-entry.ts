/** What an entry says, in a sentence. */
import type { Entry } from '@hengjian/models/queries/read-entries.ts';
import { bracketed } from '#lib/i18n/bracketed.ts';
import type { MessageKey } from '#lib/i18n/catalogue.ts';
import { formatQuarter } from '#lib/i18n/format.ts';
import { itemName, type NamedItem } from '#lib/i18n/item-name.ts';
import type { Locale } from '#lib/i18n/locale.ts';
import { isMessageKey, translate } from '#lib/i18n/translate.ts';
import { eventTypeName } from '#lib/stream/event-type-name.ts';
import { type UnitName, unitName } from './unit-name.ts';

export interface EntryNames {
  units: readonly UnitName[];
  items: readonly NamedItem[];
}

/** Types that have a sentence of their own: `entries.says.TYPE`. */
export function describeEntry(
  locale: Locale,
  { units, items }: EntryNames,
  { type, data }: Pick<Entry, 'type' | 'data'>,
): string {
  const text = (name: string) => (data[name] === undefined ? '' : String(data[name]));
  const list = (name: string) => (Array.isArray(data[name]) ? data[name].map(String) : []);
  const word = (kind: string, value: string) => {
    const key = `entries.${kind}.${value}`;
    return isMessageKey(key) ? translate(locale, key) : value;
  };
  const name = (id: string) => unitName(units, id);
  const between = locale === 'en' ? ', ' : '、';
  const named = (id: string) => (text('title') === '' ? id : bracketed(locale, text('title'), id));
  const item = items.find((candidate) => candidate.item === text('item'));
  const parameters: Record<string, string | number> = {
    quarter: text('quarter') && formatQuarter(locale, text('quarter')),
    item: item ? itemName(locale, item) : text('item'),
    unit: name(text('unit')),
    points: text('points'),
    reason: text('reason'),
    approver: text('approver'),
    meeting: named(text('meeting_id')),
    obligation: named(text('obligation_id')),
    status: word('status', text('status')),
    due: text('due_on'),
    n: list('required').length || list('rows').length,
    from: text('from'),
    to: text('to'),
    units: list('units').map(name).join(between) || translate(locale, 'entries.all_units'),
    event: text('event_id'),
    kind: word('kind', text('kind')),
    push: text('push_id'),
    outcome: word('outcome', text('outcome')),
    decided: text('decided_on') || '–',
  };
  const zero = type === 'quarter_list.submitted' && list('rows').length === 0;
  const key = `entries.says.${zero ? 'zero_report' : type}`;
  if (isMessageKey(key)) return translate(locale, key as MessageKey, parameters);
  const about = [
    'push_id',
    'doc_no',
    'task_id',
    'case_id',
    'record_id',
    'objection_id',
    'meeting_id',
    'account',
    'name',
  ].flatMap((member) => (text(member) === '' ? [] : [text(member)]));
  return [eventTypeName(type, locale), ...about].join(' ');
}
