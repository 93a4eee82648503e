/** The events for which rows of a list stand that was taken from here: they came from other systems, or by forms. */
import type { Warehouse } from '@hengjian/warehouse';
import type { RecordMark } from '../rows/record-mark.ts';
import type { Version } from './stored-versions.ts';

interface Row {
  source: string;
  id: string;
  department: string;
  time: string;
  voided: boolean;
}

/** Parameters travel as form fields of at most 128 KiB; each character of an id may be written as three. */
const IDS_AT_ONCE = 80;

/** Under the ids that the events would have by a table; a mark of what is not stored here is left out. @param types what the events may be */
export async function markedVersions(
  warehouse: Pick<Warehouse, 'query'>,
  marks: readonly RecordMark[],
  types: readonly string[],
): Promise<Version[]> {
  const stored = new Map<string, Row>();
  for (let first = 0; first < marks.length; first += IDS_AT_ONCE)
    for (const row of await rowsOf(warehouse, marks.slice(first, first + IDS_AT_ONCE), types))
      stored.set(keyOf(row), row);
  return marks.flatMap((mark) => {
    const row = stored.get(keyOf(mark));
    if (!row) return [];
    const { source, department, time, voided } = row;
    return [{ id: mark.tableId, department, time, timeFrom: '', voided, recordedAt: '', keptBy: source }];
  });
}

const keyOf = ({ source, id }: { source: string; id: string }): string => `${source}\t${id}`;

const rowsOf = (
  warehouse: Pick<Warehouse, 'query'>,
  marks: readonly RecordMark[],
  types: readonly string[],
): Promise<Row[]> =>
  warehouse.query<Row>(
    `SELECT toString(events.source) AS source, events.id AS id, toString(events.department) AS department,
       formatDateTime(events.time, '%Y-%m-%dT%H:%i:%S+08:00', 'Asia/Shanghai') AS time,
       CAST((source, id) IN (
         SELECT JSONExtractString(data, 'event_source'), JSONExtractString(data, 'event_id') FROM events
         WHERE type = 'event.voided' AND JSONExtractString(data, 'event_id') IN {ids:Array(String)}
           AND (toString(events.source), events.id) NOT IN (
             SELECT JSONExtractString(data, 'event_source'), JSONExtractString(data, 'event_id') FROM events WHERE type = 'event.voided')
       ) AS Bool) AS voided
     FROM events WHERE id IN {ids:Array(String)} AND source IN {sources:Array(String)} AND type IN {types:Array(String)}`,
    {
      ids: [...new Set(marks.map(({ id }) => id))],
      sources: [...new Set(marks.map(({ source }) => source))],
      types,
    },
  );
