/** What a table holds beside the matters of whoever brings it: judged before anything is sent, and left out. */
import { isLimited, type Refused } from '@hengjian/contract/authorize.ts';
import { beyondReach } from '@hengjian/contract/reach.ts';
import type { RuleLimits } from '@hengjian/contract/rule-limits.ts';
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

/** As on the forms of who is limited to units. */
function aboutOthers(rights: WriteRights, bytes: Buffer): Refused | undefined {
  const beyond = beyondReach(rights, JSON.parse(bytes.toString()) as { type: string; data: Record<string, unknown> });
  if (!beyond || rights.units === 'all') return undefined;
  const own = beyond.units.length > 0 && beyond.units.every((unit) => rights.units.includes(unit));
  return {
    reason: 'unit_not_allowed',
    detail: own
      ? `data.${beyond.field} names ${beyond.units.join(', ')}, which this account belongs to: nobody marks the own unit`
      : `data.${beyond.field} names others than ${rights.units.join(', ')}`,
  };
}
