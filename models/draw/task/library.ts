import type { Warehouse } from '@hengjian/warehouse';
import { LIVE } from './live-events.ts';
import { readTeams } from './read-teams.ts';

/** An entry of the inspectors’ library as it stands (domain.md §6.3). */
export interface LibraryEntry {
  unit: string;
  /** Within the unit. */
  id: string;
  name: string;
  certificate: string;
  /** Last day, YYYY-MM-DD. */
  valid_until: string;
  active: number;
  specialties: string[];
  areas: string[];
  home_area: string;
  lead: number;
  expert: number;
  /** Visits a year at most; 0: no limit. */
  max_load: number;
  account: string;
  /** When the person was first entered: moment of recording, local wall time with microseconds. */
  known_since: string;
  /** Visits of this year for which the person stands in the team, and those carried out at any time. */
  drawn: number;
  done: number;
  /** Day of the last visit; '' where there was none. */
  last_visit: string;
}

/** @param units whose inspectors; all of them by default */
export async function readLibrary(
  warehouse: Warehouse,
  { units, year }: { units: readonly string[] | 'all'; year: number },
): Promise<LibraryEntry[]> {
  const loads = await visitsDrawn(warehouse, units, year);
  const entries = await warehouse.query<Omit<LibraryEntry, 'drawn'>>(
    `WITH ${LIVE},
     entries AS (
       SELECT CAST(department AS String) AS unit, JSONExtractString(facts, 'inspector') AS id, argMax(facts, (time, recorded_at, live.id)) AS entry,
         toString(min(recorded_at)) AS known_since
       FROM live WHERE type = 'inspector.registered' GROUP BY unit, id),
     visits AS (
       SELECT CAST(department AS String) AS unit, arrayJoin(JSONExtract(facts, 'inspectors', 'Array(String)')) AS id, count() AS done,
         toString(max(toDate(time, 'Asia/Shanghai'))) AS last_visit
       FROM live WHERE type = 'inspection.done' GROUP BY unit, id)
     SELECT entries.unit AS unit, entries.id AS id, JSONExtractString(entry, 'name') AS name, JSONExtractString(entry, 'certificate') AS certificate,
       JSONExtractString(entry, 'valid_until') AS valid_until, toUInt8(JSONExtractBool(entry, 'active')) AS active,
       JSONExtract(entry, 'specialties', 'Array(String)') AS specialties, JSONExtract(entry, 'areas', 'Array(String)') AS areas,
       JSONExtractString(entry, 'home_area') AS home_area,
       toUInt8(NOT JSONHas(entry, 'lead') OR JSONExtractBool(entry, 'lead')) AS lead, toUInt8(JSONExtractBool(entry, 'expert')) AS expert,
       toUInt32(JSONExtractUInt(entry, 'max_load')) AS max_load, JSONExtractString(entry, 'account') AS account, known_since,
       toUInt32(visits.done) AS done, visits.last_visit AS last_visit
     FROM entries
     LEFT JOIN visits ON visits.unit = entries.unit AND visits.id = entries.id
     WHERE {all:Bool} OR has({units:Array(String)}, entries.unit)
     ORDER BY entries.unit, entries.id`,
    {
      as_of: '2299-01-01 00:00:00',
      all: units === 'all',
      units: units === 'all' ? [] : units,
    },
  );
  return entries.map((entry) => ({ ...entry, drawn: loads.get(`${entry.unit}\t${entry.id}`) ?? 0 }));
}

/** By `unit TAB inspector`: teams of a draw that was repeated, and places that somebody else took since, count for nobody. */
async function visitsDrawn(
  warehouse: Warehouse,
  departments: readonly string[] | 'all',
  year: number,
): Promise<Map<string, number>> {
  const loads = new Map<string, number>();
  for (const { department, day, visits } of await readTeams(warehouse, { departments }))
    if (Number(day.slice(0, 4)) === year)
      for (const id of visits.flatMap(({ inspectors }) => inspectors)) {
        const key = `${department}\t${id}`;
        loads.set(key, (loads.get(key) ?? 0) + 1);
      }
  return loads;
}

/** The library as the list that teams are drawn from (read-library.ts). */
export function libraryTable(entries: readonly LibraryEntry[]): string {
  const yes = (flag: number) => (flag ? '是' : '否');
  const rows = entries.map((entry) => [
    entry.id,
    entry.certificate,
    entry.valid_until,
    yes(entry.active),
    entry.specialties.join('、'),
    entry.areas.join('、'),
    entry.home_area,
    yes(entry.lead),
    yes(entry.expert),
    String(entry.drawn),
    entry.max_load > 0 ? String(entry.max_load) : '',
  ]);
  const head = 'id certificate valid_until active specialties areas home_area lead expert load max_load'.split(' ');
  return [head, ...rows].map((row) => `${row.map(cell).join('\t')}\n`).join('');
}

function cell(text: string): string {
  return text.replace(/[\t\r\n]/g, ' ');
}
