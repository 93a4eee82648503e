/**
 * Names of natural persons (domain.md §9: 个体户 are masked): of sole traders, who mostly trade under their own, and of
 * inspectors. Shown to whom the table of permissions lets see `persons`, and to nobody else; masked in files that leave, whoever takes them.
 */
import { may } from './permissions.ts';
import type { Scope } from './scope.ts';

/** Characters 1–2 of the code of a sole trader (个体工商户), GB 32100-2015 table 1: registered by market supervision, category 2. */
export const SOLE_TRADER = '92';

export const seesPersons = (scope: Scope): boolean => !scope.withoutPersons && may(scope, 'persons');

/** The same reader taking away a file: what leaves the product names no person to anybody (domain.md §5). */
export const forFiles = (scope: Scope): Scope => ({ ...scope, withoutPersons: true });

/** The name of a subject, as this reader is shown it. @param subject USCC */
export function subjectName(scope: Scope, subject: string, name: string): string {
  return subject.startsWith(SOLE_TRADER) ? personName(scope, name) : name;
}

/** The name of a person, as this reader is shown it: its first character, and no hint how long it is. */
export function personName(scope: Scope, name: string): string {
  const [first] = name;
  return first === undefined || seesPersons(scope) ? name : `${first}***`;
}
