/** Facts of an event whose `data` was parsed: what the fast path writes for the events that it understands. */
import { DAY_COLUMN, factColumns, NO_DAY, TEXT_COLUMNS } from '@hengjian/contract/facts/fact-columns.ts';
import { factsOf } from '@hengjian/contract/facts/facts-of.ts';
import type { EventFacts } from './event-fields.ts';
import type { TypeTerm } from './term.ts';
import { dayNumberAt, NO_DAY_NUMBER } from './timestamp.ts';

/** @param verbatim `data` as it came */
export function fillFacts(
  { eventType }: TypeTerm,
  data: Record<string, unknown>,
  verbatim: Uint8Array,
  into: EventFacts,
): void {
  const text = factsOf(eventType, data);
  const json = Buffer.from(text, 'utf8');
  const isPlain = json.equals(verbatim);
  into.json = json;
  into.end = isPlain ? 0 : json.length;
  const columns = factColumns(eventType, text);
  into.bytes = Buffer.from(TEXT_COLUMNS.map((name) => columns[name]).join(''), 'utf8');
  let at = 0;
  for (let column = 0; column < TEXT_COLUMNS.length; column += 1) {
    into.starts[column] = at;
    at += Buffer.byteLength(columns[TEXT_COLUMNS[column]!], 'utf8');
    into.ends[column] = at;
  }
  const day = columns[DAY_COLUMN];
  into.day = day === NO_DAY ? NO_DAY_NUMBER : dayNumberAt(Buffer.from(day, 'latin1'), 0);
}
