/** What a table holds beside the matters of whoever brings it: judged before anything is sent, and left out. */
import { isLimited, type Refused } from '@hengjian/contract/authorize.ts';
import type { RuleLimits } from '@hengjian/contract/rule-limits.ts';
import { eventTypes } from '@hengjian/contract/schema/event-types.ts';
import type { WriteRights } from '@hengjian/contract/write-rights.ts';
import type { Warehouse } from '@hengjian/warehouse';
import { EventChecker } from '../../check/event-checker.ts';
import { admit } from '../../store/admit.ts';
import { ActedUponCollector, findOwners } from '../../store/find-owners.ts';
import type { Version } from './stored-versions.ts';
import type { TablePlan } from './table-plan.ts';

/**
 * Before the plan is compared with what is stored: what is left out corrects nothing.
 * @returns which stored versions are not to be voided, whatever the file brings
 */
export async function withholdForeign(
  plan: TablePlan,
  rights: WriteRights,
  warehouse: Pick<Warehouse, 'query'>,
  limits: RuleLimits,
): Promise<(version: Version) => boolean> {
  const upon = new ActedUponCollector(limits);
  if (isLimited(rights))
    for await (const { entry, bytes } of plan.rows())
      if (entry.id !== '' && !entry.refusal) upon.take(undefined, bytes, 0, bytes.length, 0, true);
  const owners = await findOwners(warehouse, upon);
  const checker = new EventChecker(Date.now(), limits);
  for await (const { entry, bytes } of plan.rows()) {
    // A row that became no event names no unit for certain: of it nothing is kept for a limited account either.
    if (entry.id === '' || entry.refusal) {
      entry.withheld = isLimited(rights);
      continue;
    }
    const refused = admit(checker, rights, bytes, 0, bytes.length, true, owners) ?? aboutOthers(rights, bytes);
    if (!refused) continue;
    entry.expected = 'rejected';
    entry.refusal = { reason: refused.reason, detail: refused.detail };
    entry.withheld = true;
    entry.foreign = true;
  }
  const { units } = rights;
  return ({ department }) => units !== 'all' && !units.includes(department);
}

/**
 * Scope narrows any role (contract §4): who is limited to units enters nothing about others in the name of the office, as on its
 * forms. An act that names no unit is about all.
 */
function aboutOthers({ units }: WriteRights, bytes: Buffer): Refused | undefined {
  if (units === 'all' || units.includes('office')) return undefined;
  const { type, data } = JSON.parse(bytes.toString()) as { type: string; data: Record<string, unknown> };
  const field = eventTypes.get(type)?.concerns;
  if (field === undefined) return undefined;
  const named = [data[field] ?? []].flat().map(String);
  if (named.length > 0 && named.every((unit) => units.includes(unit))) return undefined;
  return { reason: 'unit_not_allowed', detail: `data.${field} names others than ${units.join(', ')}` };
}
