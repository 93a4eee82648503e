import type { Role, Scope } from '@hengjian/contract/scope.ts';

/** An account as it stands now. Empty `units` or `areas` mean "not narrowed", except for the role `unit`, which always names its units. */
export interface Account {
  readonly name: string;
  readonly roles: readonly Role[];
  readonly units: readonly string[];
  readonly areas: readonly string[];
  readonly disabled: boolean;
}

export const roles = ['office', 'leader', 'unit', 'inspector', 'auditor', 'admin'] as const satisfies readonly Role[];

export function isRole(value: string): value is Role {
  return (roles as readonly string[]).includes(value);
}

/** Whether it is one of a member unit, which always names its units. */
export const isOfUnit = ({ roles: given }: { roles: readonly string[] }): boolean => given.includes('unit');

/** What the query layer may show this account (contract §4: scope narrows any role, deny by default). */
export function scopeOf(account: Account): Scope {
  const mustNameUnits = isOfUnit(account) && !account.roles.includes('office');
  return {
    account: account.name,
    roles: [...account.roles],
    units: account.units.length > 0 || mustNameUnits ? [...account.units] : 'all',
    areas: account.areas.length > 0 ? [...account.areas] : 'all',
  };
}
