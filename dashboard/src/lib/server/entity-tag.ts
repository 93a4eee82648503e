import { createHash } from 'node:crypto';
import type { RequestEvent } from '@sveltejs/kit';
import { judgingDay } from '#lib/quarter/judging-day.ts';
import { version as appVersion } from '$app/env';

/** Routes whose answers are figures of builds and publications alone, with what the request and the account say. */
const tagged = new Set([
  '/',
  '/units/[unit]',
  '/units/[unit]/[item]',
  '/funnel',
  '/heat',
  '/api/v1/quarters/[quarter]/scores',
  '/api/v1/quarters/[quarter]/scores.csv',
  '/api/v1/quarters/[quarter]/units/[unit]/items/[item]',
  '/api/v1/quarters/[quarter]/units/[unit]/items/[item]/lost.csv',
  '/api/v1/funnel',
  '/api/v1/heat/units',
  '/api/v1/heat/areas',
  '/api/v1/heat/months',
]);

/** Those that show what a unit objected to as well. */
const withObjections = new Set(['/units/[unit]', '/units/[unit]/[item]']);

/**
 * A weak entity tag (RFC 9110 §8.8.3) of the answer: everything it depends on, and so known before it is made.
 * Undefined where the answer depends on more: documents (their security policy has a nonce), other routes, a draft
 * that nobody can vouch for while the warehouse is away.
 */
export async function entityTag({ locals, request, route, isDataRequest }: RequestEvent): Promise<string | undefined> {
  if (request.method !== 'GET' || !route.id || !tagged.has(route.id)) return undefined;
  if (!isDataRequest && !route.id.startsWith('/api/')) return undefined;
  const { known, away } = await locals.parts.figureWatch.state();
  if (!known || away) return undefined;
  const objections = withObjections.has(route.id) ? await locals.parts.acts.objectionsVersion() : '';
  const { account, scope, locale, theme, ruleset, parts } = locals;
  // The page reads the whole address, where the framework says too which parts of it are asked for.
  const { pathname, search } = new URL(request.url);
  const today = judgingDay(null, new Date());
  const all = [
    known.version,
    objections,
    appVersion,
    today,
    pathname,
    search,
    account,
    scope,
    locale,
    theme,
    ruleset,
    parts.ruleSets,
  ];
  return `W/"${createHash('sha256').update(JSON.stringify(all)).digest('base64url').slice(0, 27)}"`;
}

/** Whether `If-None-Match` names the tag; the comparison is the weak one. */
export function matches(request: Request, tag: string): boolean {
  const named = request.headers.get('if-none-match');
  const bare = (text: string) => text.trim().replace(/^W\//, '');
  return named?.split(',').some((one) => bare(one) === bare(tag)) ?? false;
}
