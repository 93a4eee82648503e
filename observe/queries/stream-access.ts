import type { Role, Scope } from '@hengjian/contract/scope.ts';
import { isUnlimited } from '@hengjian/models/queries/scope-condition.ts';

/** Who may watch arrivals (counts by type). */
export const streamReaders: readonly Role[] = ['office', 'leader', 'unit', 'auditor', 'admin'];

/** Sources and rejects belong to no unit and may hold what a person must not see: office, auditor and admin only. */
export function seesRejects(scope: Scope): boolean {
  return isUnlimited(scope) && scope.roles.some((role) => role === 'office' || role === 'auditor' || role === 'admin');
}
