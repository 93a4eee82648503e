import { seesPersons } from '@hengjian/contract/natural-persons.ts';
import { maskNumbers } from '@hengjian/contract/personal-numbers.ts';
import type { Scope } from '@hengjian/contract/scope.ts';

/** Chinese, as it is and as JSON may escape it. */
const HAN = /(?:\p{Script=Han}|\\u[0-9a-fA-F]{4})+/gu;
/** Members that hold names in whatever writing; the text may be cut in the middle of one. */
const NAMES = /("(?:name|inspectors?|contact|legal_representative)"\s*:\s*)(?:\[[^\]]*\]?|"(?:[^"\\]|\\.)*"?)/g;

/**
 * What arrived and was refused, as this reader is shown it. Nobody knows what stands where in it, so for who may not see persons
 * members, codes and days stay, and nothing that could be a name.
 */
export function shownBytes(scope: Scope, text: string): string {
  return seesPersons(scope) ? text : maskNumbers(text.replace(NAMES, '$1"***"').replace(HAN, '***'));
}
