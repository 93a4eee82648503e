import { SOLE_TRADER, seesPersons } from '@hengjian/contract/natural-persons.ts';
import type { Scope } from '@hengjian/contract/scope.ts';

/**
 * The name of a subject as this reader is shown it, in SQL (`subjectName` of contract/natural-persons.ts says it in TypeScript).
 * @param subject expression of a USCC
 * @param name expression of its name
 */
export const shownName = (scope: Scope, subject: string, name: string): string =>
  seesPersons(scope)
    ? name
    : `if(startsWith(${subject}, '${SOLE_TRADER}') AND ${name} != '', concat(substringUTF8(${name}, 1, 1), '***'), ${name})`;
