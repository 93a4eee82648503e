import type { Role } from '@hengjian/contract/scope.ts';
import type { Account } from './account.ts';
import { isOfUnit, isRole, roles } from './account.ts';
import { skeletonOf } from './similar-name.ts';

/** What somebody wants an account to be, as it was typed. */
export interface AccountDraft {
  name: string;
  roles: readonly string[];
  units: readonly string[];
  areas: readonly string[];
}

/** What there is to name. */
export interface KnownScope {
  units: readonly string[];
  areas: readonly string[];
}

/** Why it cannot be: which field, the value, and what there is instead. */
export interface AccountProblem {
  field: 'name' | 'roles' | 'units' | 'areas';
  reason:
    | 'name_form'
    | 'name_taken'
    | 'name_alike'
    | 'role_unknown'
    | 'role_missing'
    | 'unit_missing'
    | 'unit_unknown'
    | 'area_unknown';
  value: string;
  known: readonly string[];
}

/** Signs that stand in an address as they are; `.` and `..` would name another page there. */
const NAME = /^(?!\.{1,2}$)[\p{L}\p{N}._-]{1,64}$/u;

/** A new account: its name, roles and scope. */
export function checkNewAccount(
  draft: AccountDraft,
  known: KnownScope,
  accounts: readonly Pick<Account, 'name'>[],
  allowed: readonly Role[] = roles,
): AccountProblem[] {
  const { name } = draft;
  if (!NAME.test(name))
    return [{ field: 'name', reason: 'name_form', value: name, known: [] }, ...checkScope(draft, known, allowed)];
  if (accounts.some((other) => other.name === name))
    return [...checkScope(draft, known, allowed), { field: 'name', reason: 'name_taken', value: name, known: [] }];
  const alike = accounts.find((other) => skeletonOf(other.name) === skeletonOf(name));
  const problems = checkScope(draft, known, allowed);
  return alike ? [...problems, { field: 'name', reason: 'name_alike', value: name, known: [alike.name] }] : problems;
}

/** Roles and scope: a unit or an area mistyped would give an account that sees nothing. */
export function checkScope(
  { roles: given, units, areas }: Omit<AccountDraft, 'name'>,
  known: KnownScope,
  allowed: readonly Role[] = roles,
): AccountProblem[] {
  const problems: AccountProblem[] = [];
  const noRole = given.find((role) => !(allowed as readonly string[]).includes(role));
  if (noRole !== undefined) problems.push({ field: 'roles', reason: 'role_unknown', value: noRole, known: allowed });
  else if (given.length === 0) problems.push({ field: 'roles', reason: 'role_missing', value: '', known: allowed });
  const noUnit = units.find((unit) => !known.units.includes(unit));
  if (isOfUnit({ roles: given }) && units.length === 0)
    problems.push({ field: 'units', reason: 'unit_missing', value: '', known: known.units });
  else if (noUnit !== undefined)
    problems.push({ field: 'units', reason: 'unit_unknown', value: noUnit, known: known.units });
  const noArea = areas.find((area) => !known.areas.includes(area));
  if (noArea !== undefined)
    problems.push({ field: 'areas', reason: 'area_unknown', value: noArea, known: known.areas });
  return problems;
}

/** To be called once nothing is wrong with it. */
export function accountOf({ name, roles: given, units, areas }: AccountDraft, disabled = false): Account {
  const once = (values: readonly string[]) => [...new Set(values)];
  return { name, roles: once(given).filter(isRole), units: once(units), areas: once(areas), disabled };
}
