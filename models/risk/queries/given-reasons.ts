/** Why the provincial classification gave a subject its tier, as the event of it says. */
import { shownText } from '@hengjian/contract/personal-numbers.ts';
import type { Scope } from '@hengjian/contract/scope.ts';
import type { Warehouse } from '@hengjian/warehouse';
import { READABLE_EVENTS } from '@hengjian/warehouse/readable-events.ts';

/** @param row of `risk_tiers`: which event gave the tier */
export async function givenReasons(
  warehouse: Warehouse,
  scope: Scope,
  { given_source: source, given_id: id }: { given_source: string; given_id: string },
): Promise<string[]> {
  const [event] = await warehouse.query<{ reasons: string[] }>(
    `SELECT JSONExtract(facts, 'reasons', 'Array(String)') AS reasons FROM ${READABLE_EVENTS} AS e
     WHERE source = {source:String} AND id = {id:String} LIMIT 1`,
    { source, id },
  );
  return (event?.reasons ?? []).filter((reason) => reason.trim() !== '').map((reason) => shownText(scope, reason));
}
