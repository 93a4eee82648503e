import { shownText } from '@hengjian/contract/personal-numbers.ts';
import type { Scope } from '@hengjian/contract/scope.ts';
import type { Objection } from './read-objections.ts';

/** An objection as this reader is shown it. */
export function shownObjection(scope: Scope, objection: Objection): Objection {
  const { grounds, reason } = objection;
  return {
    ...objection,
    grounds: shownText(scope, grounds),
    reason: reason === null ? null : shownText(scope, reason),
  };
}
