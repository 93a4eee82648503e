import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import { areasFile } from '@hengjian/models/registries/read-areas.ts';
import type { RequestEvent } from '@sveltejs/kit';
import { version as appVersion } from '$app/env';
import { isKept } from './kept-routes.ts';

export interface AnswerKey {
  /** Of the figures. */
  version: string;
  /** All that the answer depends on, but the version and the name of the account. */
  key: string;
  /** A weak entity tag (RFC 9110 §8.8.3) of the answer to this account; known before the answer is made. */
  tag: string;
  /** The version before and the tag of its answer, while that may still be given. */
  before: { version: string; tag: string } | undefined;
}

/** Routes that show what units object to, too: that changes between refreshes. */
const withObjections = new Set(['/units/[unit]', '/units/[unit]/[item]']);

/**
 * What the answer to a request depends on. Undefined where that is more than can be named: routes that are not kept, and
 * while the warehouse is away, when nobody can vouch for a draft.
 */
export async function answerKey({
  isDataRequest,
  isSubRequest,
  locals,
  request,
  route,
}: RequestEvent): Promise<AnswerKey | undefined> {
  if (request.method !== 'GET' || isSubRequest || !locals.account || !isKept(route.id)) return undefined;
  const { acts, figureWatch } = locals.parts;
  if ((await figureWatch.state()).away) return undefined;
  const objections = withObjections.has(route.id ?? '') ? await acts.objectionsVersion() : '';
  // Asked again, since a question may have been put to the warehouse meanwhile: what is still shown from before a refresh is judged last.
  const { known, away, before } = await figureWatch.state();
  if (!known || away) return undefined;
  const { account, locale, theme, ruleset, parts } = locals;
  // The page reads the whole address, where the framework says too which parts of it are asked for.
  const { origin, pathname, search } = new URL(request.url);
  // Whatever else an account comes to have tells its answers apart.
  const { name, ...limits } = account;
  const names = stampOf(areasFile(parts.environment.dataDir));
  const place = [appVersion, objections, names, today(), isDataRequest, origin, pathname, search];
  const key = JSON.stringify([place, limits, locale, theme, ruleset, parts.ruleSets]);
  return {
    version: known.version,
    key,
    tag: tagOf(known.version, key, name),
    before: before === undefined ? undefined : { version: before, tag: tagOf(before, key, name) },
  };
}

function tagOf(...parts: [version: string, key: string, name: string]): string {
  const digest = createHash('sha256').update(JSON.stringify(parts)).digest('base64url');
  return `W/"${digest.slice(0, 27)}"`;
}

/** What areas are called stands in a file that is replaced as a whole, at any moment. */
function stampOf(file: string): string {
  const found = statSync(file, { throwIfNoEntry: false });
  return found ? [found.ino, found.mtimeMs, found.size].join(' ') : '';
}

/** The day in China, where the clock is eight hours ahead all year. Counted, not printed: that is asked of every request. */
function today(): number {
  return Math.floor((Date.now() + 8 * 3_600_000) / 86_400_000);
}

/** Whether `If-None-Match` names the tag; the comparison is the weak one. */
export function matches(request: Request, tag: string): boolean {
  const named = request.headers.get('if-none-match');
  const bare = (text: string) => text.trim().replace(/^W\//, '');
  return named?.split(',').some((one) => bare(one) === bare(tag)) ?? false;
}
