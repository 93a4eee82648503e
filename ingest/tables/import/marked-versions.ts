/** The events for which rows of a list stand that was taken from here: they came from other systems, or by forms. */
import type { Warehouse } from '@hengjian/warehouse';
import { HOLDING_VOIDS } from '@hengjian/warehouse/readable-events.ts';
import type { RecordMark } from '../rows/record-mark.ts';
import { arrayOf, FIELDS, fieldsOf, textsOfAField } from './parameter-fields.ts';
import type { Version } from './stored-versions.ts';

interface Row {
  source: string;
  id: string;
  department: string;
  time: string;
  voided: boolean;
}

/** No event has a longer one (64 characters, each of two units at most); a mark that somebody made up may. */
const LONGEST_ID = 128;

/** Under the ids that the events would have by a table; a mark of what is not stored here is left out. @param types what the events may be */
export async function markedVersions(
  warehouse: Pick<Warehouse, 'query'>,
  marks: readonly RecordMark[],
  types: readonly string[],
): Promise<Version[]> {
  const stored = new Map<string, Row>();
  const ids = [...new Set(marks.map(({ id }) => id))].filter(({ length }) => length <= LONGEST_ID);
  const size = textsOfAField(ids.reduce((longest, id) => Math.max(longest, encodeURIComponent(id).length), 0));
  for (let first = 0; first < ids.length; first += size * FIELDS)
    for (const row of await rowsOf(warehouse, fieldsOf(ids.slice(first, first + size * FIELDS), size), types))
      stored.set(keyOf(row), row);
  return marks.flatMap((mark) => {
    const row = stored.get(keyOf(mark));
    if (!row) return [];
    const { source, department, time, voided } = row;
    return [{ id: mark.tableId, department, time, timeFrom: '', voided, recordedAt: '', keptBy: source }];
  });
}

const keyOf = ({ source, id }: { source: string; id: string }): string => `${source}\t${id}`;

/** Events of other sources under the same ids are among them: few, and named by no mark. */
const rowsOf = (
  warehouse: Pick<Warehouse, 'query'>,
  fields: Record<string, string[]>,
  types: readonly string[],
): Promise<Row[]> =>
  warehouse.query<Row>(
    `WITH ${HOLDING_VOIDS('1')}
     SELECT toString(events.source) AS source, events.id AS id, toString(events.department) AS department,
       formatDateTime(events.time, '%Y-%m-%dT%H:%i:%S+08:00', 'Asia/Shanghai') AS time,
       CAST((toString(events.source), id) IN (SELECT voided_source, voided_id FROM holding WHERE voided_id IN ${arrayOf(fields)}) AS Bool) AS voided
     FROM events WHERE id IN ${arrayOf(fields)} AND type IN {types:Array(String)}`,
    { ...fields, types },
  );
