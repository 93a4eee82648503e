/**
 * What a list that was taken from here says of a row beside its cells: which stored event the row stands for. Events of other systems
 * and of forms have ids of their own, which no cell gives.
 */
import { headerKey } from '../layouts/layout.ts';

/** Above the column that holds it. */
export const MARK_HEADER = '库内编号（请勿改动）';
const MARK_KEY = headerKey(MARK_HEADER);

export const isMarkHeader = (text: string): boolean => headerKey(text) === MARK_KEY;

/** A stored event, and the id that it would have if it came by the table as it was written. */
export interface RecordMark {
  tableId: string;
  source: string;
  id: string;
}

export const markText = (marks: readonly RecordMark[]): string =>
  marks.map(({ tableId, source, id }) => [tableId, ...[source, id].map(encodeURIComponent)].join(',')).join(' ');

/** What can be read of it: a mark that somebody has changed stands for nothing. */
export function readMarks(text: string): RecordMark[] {
  return text.split(' ').flatMap((one) => {
    const [tableId = '', source, id, ...more] = one.split(',');
    if (!/^[0-9a-f]{40}-[0-9a-f]{16}$/.test(tableId) || !source || !id || more.length > 0) return [];
    try {
      return [{ tableId, source: decodeURIComponent(source), id: decodeURIComponent(id) }];
    } catch {
      return [];
    }
  });
}
