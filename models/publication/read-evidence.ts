/** All that stands behind the published score of one unit: figures and rows as they were frozen, and the events of then. */
import { cloudEventOf, STORED_EVENT_COLUMNS, type StoredEventRow } from '@hengjian/contract/cloud-event-of.ts';
import { maskedEvent } from '@hengjian/contract/masked-event.ts';
import type { Warehouse } from '@hengjian/warehouse';
import { READABLE_EVENTS } from '@hengjian/warehouse/readable-events.ts';
import { parse } from 'yaml';
import { addDays } from '../calendar/day.ts';
import { parsePeriod } from '../calendar/period.ts';
import type { RuleSetText } from '../ruleset/schema.ts';
import { wallTime } from '../scoring/wall-time.ts';
import { publicationId } from './derive-publications.ts';
import type { Publication } from './read-chain.ts';

export interface EvidenceItem {
  item: string;
  name: string;
  clause: string;
  formula: string;
  weight: string | null;
  points: string | null;
  numerator: number | null;
  denominator: number | null;
  on_time: number | null;
  badges: string[];
}

export interface EvidenceRow {
  item: string;
  kind: string;
  key: string;
  subject: string;
  event_source: string;
  event_id: string;
  due: string | null;
  happened: string | null;
  clause: string;
  points: number | null;
}

export interface Evidence {
  publication: Publication;
  unit: { unit: string; name: string; name_en: string; rank: number | null; total: string | null };
  items: EvidenceItem[];
  rows: EvidenceRow[];
  /**
   * CloudEvents objects by time, a line each, as recorded by the moment of the publication: those of the unit since a year
   * before the quarter, those that its rows name, what the office asked of it or awarded to it, outages, voids of these, and voids of such voids. Persons are masked in them, since all of this leaves in a file.
   */
  events: () => AsyncIterable<string>;
}

/** Undefined where the publication has no such unit. Tables of publications must have been derived. */
export async function readEvidence(
  warehouse: Warehouse,
  publication: Publication,
  unit: string,
): Promise<Evidence | undefined> {
  const id = { publication: publicationId(publication.recordSha256), unit };
  const [found] = await warehouse.query<Evidence['unit']>(
    `SELECT unit, unit_name AS name, unit_name_en AS name_en, rank, total_exact AS total FROM published_unit_scores
     WHERE publication = {publication:UUID} AND unit = {unit:String}`,
    id,
  );
  if (!found) return undefined;
  const items = await warehouse.query<EvidenceItem>(
    `SELECT item, item_name AS name, clause, formula, weight_exact AS weight, points_exact AS points, numerator, denominator,
       on_time, badges
     FROM published_item_scores WHERE publication = {publication:UUID} AND unit = {unit:String} ORDER BY ord`,
    id,
  );
  const rows = await warehouse.query<EvidenceRow>(
    `SELECT l.item AS item, l.kind AS kind, l.key AS key, l.subject AS subject, l.event_source AS event_source,
       l.event_id AS event_id, toString(l.due) AS due, toString(l.happened) AS happened, l.clause AS clause, l.points AS points
     FROM published_lost_points AS l
     INNER JOIN published_item_scores AS i ON i.publication = l.publication AND i.unit = l.unit AND i.item = l.item
     WHERE l.publication = {publication:UUID} AND l.unit = {unit:String} ORDER BY i.ord, l.ord`,
    id,
  );
  return { publication, unit: found, items, rows, events: () => eventsOf(warehouse, publication, id) };
}

/** The longest code that the region of an event equals or, both being digits, begins with; '' without (rulesets.md §1). */
const CODE_OF_REGION = `arrayFirst(code -> code = toString(region) OR (match(code, '^[0-9]+$') AND match(toString(region), '^[0-9]+$') AND startsWith(toString(region), code)),
                {codes:Array(String)})`;

/** By which an event is the unit's whose department is no unit: codes of all, the longest first, and those of the unit. */
function unitCodes(rulesetText: string, unit: string): { units: string[]; codes: string[]; own: string[] } {
  const { units } = parse(rulesetText) as Pick<RuleSetText, 'units'>;
  const owners = new Map<string, string>();
  for (const { id, regions = [] } of units) for (const code of regions) if (!owners.has(code)) owners.set(code, id);
  return {
    units: units.map(({ id }) => id),
    codes: [...owners.keys()].sort((a, b) => b.length - a.length),
    own: [...owners].flatMap(([code, owner]) => (owner === unit ? [code] : [])),
  };
}

const NAMING = ['meeting.held', 'material.due', 'mark.awarded', 'task.created', 'draw.executed'];

async function* eventsOf(
  warehouse: Warehouse,
  { record, snapshot, rulesetText }: Publication,
  id: { publication: string; unit: string },
): AsyncGenerator<string> {
  const sql = `WITH RECURSIVE chosen AS (
      SELECT e.source AS source, e.id AS id FROM ${READABLE_EVENTS} AS e
      WHERE recorded_at <= toDateTime64({asOf:String}, 6, 'Asia/Shanghai') AND NOT startsWith(type, 'score.')
        AND time <= toDateTime64({cutoff:String}, 6, 'Asia/Shanghai')
        AND ((time >= toDateTime64({since:String}, 6, 'Asia/Shanghai')
            AND (department = {unit:String}
              OR (NOT has({units:Array(String)}, toString(department)) AND has({own:Array(String)}, ${CODE_OF_REGION}))
              OR type = 'outage.declared'
              OR (type IN {naming:Array(String)} AND position(facts, concat('"', {unit:String}, '"')) > 0)))
          OR (toString(source), id) IN (SELECT event_source, event_id FROM published_lost_points
            WHERE publication = {publication:UUID} AND unit = {unit:String}))),
    voids AS (
      SELECT toString(source) AS of, id, JSONExtractString(facts, 'event_source') AS event_source, JSONExtractString(facts, 'event_id') AS event_id
      FROM ${READABLE_EVENTS} AS v WHERE type = 'event.voided' AND recorded_at <= toDateTime64({asOf:String}, 6, 'Asia/Shanghai')
        AND time <= toDateTime64({cutoff:String}, 6, 'Asia/Shanghai')),
    -- Each voids one event, so that none comes twice.
    against AS (
      SELECT of, id FROM voids WHERE (event_source, event_id) IN (SELECT toString(source), id FROM chosen)
      UNION ALL
      SELECT v.of, v.id FROM voids AS v INNER JOIN against AS a ON v.event_source = a.of AND v.event_id = a.id
      -- In a circle, or against itself: all of it is chosen anyway, and a recursion without an end is refused.
      WHERE (v.of, v.id) NOT IN (SELECT toString(source), id FROM chosen))
    SELECT ${STORED_EVENT_COLUMNS} FROM events
    WHERE recorded_at <= toDateTime64({asOf:String}, 6, 'Asia/Shanghai')
      AND ((source, id) IN (SELECT source, id FROM chosen)
        OR (type = 'event.voided' AND (toString(source), id) IN (SELECT of, id FROM against)))
    ORDER BY micros, source, id
    FORMAT JSONEachRow`;
  const params = {
    ...id,
    asOf: wallTime(record.as_of),
    cutoff: `${snapshot.cutoff} 23:59:59.999999`,
    since: `${addDays(parsePeriod(record.quarter)!.start, -366)} 00:00:00.000000`,
    naming: NAMING,
    ...unitCodes(rulesetText, id.unit),
  };
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of await warehouse.stream(sql, params)) {
    const lines = (rest + decoder.decode(chunk as Uint8Array, { stream: true })).split('\n');
    rest = lines.pop()!;
    for (const line of lines) yield maskedEvent(cloudEventOf(JSON.parse(line) as StoredEventRow));
  }
}
