/** Events recorded between two publications that count for the quarter, with what each speaks of; a void speaks of what it voids. */
import type { Warehouse } from '@hengjian/warehouse';

export interface LateEvent {
  source: string;
  id: string;
  type: string;
  /** Local wall times with microseconds. */
  time: string;
  recorded_at: string;
  /** `source` TAB `id` of itself and of what it voids. */
  ids: ReadonlySet<string>;
  departments: ReadonlySet<string>;
  subjects: readonly string[];
  /** Every text in its data. */
  texts: ReadonlySet<string>;
  /** Local days on which it was a login. */
  loginDays: ReadonlySet<string>;
  /** An outage that names no units. */
  ofEveryUnit: boolean;
}

interface Row {
  source: string;
  id: string;
  type: string;
  time: string;
  recorded_at: string;
  department: string;
  subject: string;
  data: string;
}

const COLUMNS = `toString(e.source) AS source, e.id AS id, toString(e.type) AS type, toString(e.time) AS time,
  toString(e.recorded_at) AS recorded_at, toString(e.department) AS department, e.subject AS subject, e.data AS data`;
/** A correction after so many late events is a new quarter; causes are found among the first. */
const MOST = 100_000;

/** @param scope local wall times: recorded after `after` and by `asOf`, with a time up to `cutoff` */
export async function readLateEvents(
  warehouse: Warehouse,
  scope: { after: string; asOf: string; cutoff: string },
): Promise<LateEvent[]> {
  const rows = await warehouse.query<Row>(
    `SELECT ${COLUMNS} FROM events AS e
     WHERE e.recorded_at > toDateTime64({after:String}, 6, 'Asia/Shanghai') AND e.recorded_at <= toDateTime64({asOf:String}, 6, 'Asia/Shanghai')
       AND e.time <= toDateTime64({cutoff:String}, 6, 'Asia/Shanghai') AND NOT startsWith(e.type, 'score')
     ORDER BY e.recorded_at, e.time, e.id, e.source LIMIT ${MOST}`,
    scope,
  );
  const targets = rows.flatMap((row) => (row.type === 'event.voided' ? [targetOf(row)] : []));
  const voided = new Map(
    (
      await warehouse.query<Row>(
        `SELECT ${COLUMNS} FROM events AS e WHERE (toString(e.source), e.id) IN (SELECT arrayJoin(arrayZip({sources:Array(String)}, {ids:Array(String)})))`,
        { sources: targets.map(([source]) => source), ids: targets.map(([, id]) => id) },
      )
    ).map((row) => [`${row.source}\t${row.id}`, row]),
  );
  return rows.map((row) => {
    const target = row.type === 'event.voided' ? voided.get(targetOf(row).join('\t')) : undefined;
    return lateEvent(row, target ? [row, target] : [row]);
  });
}

function lateEvent({ source, id, type, time, recorded_at }: Row, speaking: readonly Row[]): LateEvent {
  const data = speaking.map((row) => parsed(row.data));
  return {
    source,
    id,
    type,
    time,
    recorded_at,
    ids: new Set(speaking.map((row) => `${row.source}\t${row.id}`)),
    departments: new Set(speaking.map((row) => row.department)),
    subjects: speaking.map((row) => row.subject).filter(Boolean),
    texts: new Set(data.flatMap(textsOf)),
    loginDays: new Set(speaking.filter((row) => row.type === 'login.succeeded').map((row) => row.time.slice(0, 10))),
    ofEveryUnit: speaking.some(
      (row, i) => row.type === 'outage.declared' && !(data[i] as { units?: unknown[] } | null)?.units?.length,
    ),
  };
}

function targetOf(row: Row): [string, string] {
  const { event_source = '', event_id = '' } = (parsed(row.data) ?? {}) as { event_source?: string; event_id?: string };
  return [String(event_source), String(event_id)];
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsOf) : [];
}
