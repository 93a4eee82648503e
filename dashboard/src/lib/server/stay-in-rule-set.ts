import type { RequestEvent } from '@sveltejs/kit';
import { keepRuleSet } from '#lib/components/rule-set-part.ts';
import { pathTo } from '#lib/path-to.ts';

/** Where a form leads that was sent under a rule set by its address is under it too. Where there is but one, addresses need not name it. */
export function stayInRuleSet({ locals, request, url }: RequestEvent, { status, headers }: Response): void {
  const next = headers.get('location');
  if (request.method !== 'POST' || status !== 303 || locals.parts.ruleSets.length < 2) return;
  if (next?.startsWith(pathTo('/'))) headers.set('location', keepRuleSet(url, next));
}
