import { mayRole } from '@hengjian/contract/permissions.ts';
import type { Scope } from '@hengjian/contract/scope.ts';
import { fullRights, type Grant, type WriteRights } from '@hengjian/contract/write-rights.ts';

/** As the origin of an event says who had it written. */
const byAccount = ({ account }: Pick<Scope, 'account'>): string => `account:${account}`;

/** What the product writes because an account may have it done; whether it may, the caller has found out. */
export const productRights = (scope: Scope): WriteRights => fullRights(byAccount(scope));

/**
 * What an account may do by itself, under one source.
 * @param units whose events it may bring
 * @param officeMay acts beyond a unit's own; of the office alone
 */
export function accountRights(
  scope: Scope,
  source: string,
  units: WriteRights['units'],
  officeMay: readonly Grant[],
): WriteRights {
  return { by: byAccount(scope), sources: [source], units, may: isOffice(scope) ? officeMay : [] };
}

/** Whether the acts of the office are its own. */
export const isOffice = ({ roles }: Pick<Scope, 'roles'>): boolean => mayRole(roles, 'office_acts', 'write');
