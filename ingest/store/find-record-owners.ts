import { NO_DAY } from '@hengjian/contract/facts/fact-columns.ts';
import { factMembers } from '@hengjian/contract/facts/fact-form.ts';
import { eventTypes } from '@hengjian/contract/schema/event-types.ts';
import type { Warehouse } from '@hengjian/warehouse';
import { HOLDING_VOIDS, READABLE_EVENTS } from '@hengjian/warehouse/readable-events.ts';
import { cellText, fold } from '../tables/cells/cell.ts';
import { inGroups } from './in-groups.ts';

/** Types that a rule set may count as records: what it publishes says whether it is to be published (rulesets.md §5). */
const ENTRIES = [...eventTypes.values()]
  .filter(({ data }) => factMembers(data).some(({ name }) => name === 'publish'))
  .map(({ type }) => type);

/** What folding leaves as it is but for capitals, so that the engine finds numbers that may be written otherwise. */
const SKELETON = `upper(replaceRegexpAll(normalizeUTF8NFKC(number), '[^0-9A-Za-z\\\\x{4E00}-\\\\x{9FFF}]', ''))`;
const skeletonOf = (name: string) =>
  cellText(name)
    .normalize('NFKC')
    .replace(/[^0-9A-Za-z\u4E00-\u9FFF]/g, '')
    .replace(/[a-z]/g, (letter) => letter.toUpperCase());
const folded = (name: string) => fold(cellText(name));

/**
 * Records go by their document, else their case, else the event that entered them; several units may have one of a number.
 * @param names as events that attach or publish them write them
 * @returns of each name that a stored entry or list has, the units that entered or listed it. @throws when the warehouse does not answer
 */
export async function findRecordOwners(
  warehouse: Pick<Warehouse, 'query'>,
  names: readonly string[],
): Promise<Map<string, string[]>> {
  const owners = new Map<string, string[]>();
  for (const group of inGroups(names)) {
    const rows = await warehouse.query<{ name: string; exact: number; units: string[] }>(STATEMENT, {
      names: group,
      skeletons: [...new Set(group.map(skeletonOf))].filter((skeleton) => skeleton !== ''),
      types: [...ENTRIES, 'quarter_list.submitted'],
    });
    for (const name of group) {
      const units = rows.filter((row) => (row.exact ? row.name === name : folded(row.name) === folded(name)));
      if (units.length > 0) owners.set(name, [...new Set(units.flatMap((row) => row.units))]);
    }
  }
  return owners;
}

const STATEMENT = `WITH ${HOLDING_VOIDS('1')}
  SELECT said.1 AS name, said.2 AS exact, groupUniqArray(unit) AS units
  FROM (
    SELECT unit, arrayJoin(arrayConcat(
      arrayMap(name -> (name, 1), arrayFilter(name -> has({names:Array(String)}, name), [id, case_id])),
      arrayMap(number -> (number, 0), arrayFilter(number -> has({names:Array(String)}, number) OR has({skeletons:Array(String)}, ${SKELETON}), numbers)))) AS said
    FROM (
      SELECT e.id AS id, CAST(department AS String) AS unit, if(type = 'quarter_list.submitted', '', JSONExtractString(facts, 'case_id')) AS case_id,
        arrayFilter(number -> number != '', if(type = 'quarter_list.submitted',
          arrayMap(entry -> JSONExtractString(entry, 'doc_no'), JSONExtractArrayRaw(facts, 'rows')), [doc_no])) AS numbers
      FROM ${READABLE_EVENTS} AS e
      WHERE type IN {types:Array(String)} AND (type = 'quarter_list.submitted' OR decided_on != toDate32('${NO_DAY}'))
        AND (toString(e.source), e.id) NOT IN (SELECT voided_source, voided_id FROM holding)
    )
  )
  GROUP BY name, exact`;
