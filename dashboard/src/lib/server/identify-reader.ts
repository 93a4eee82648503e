/** Who asks: by the cookie of a session, or by a read key where one is taken. */
import { error, type RequestEvent } from '@sveltejs/kit';
import type { GuessKind } from '#accounts/guesses.ts';
import { readKeyToken } from '#accounts/read-key.ts';
import { findReadKey } from '#accounts/read-key-store.ts';
import { findSession } from '#accounts/session-store.ts';
import { translate } from '#lib/i18n/translate.ts';
import { access, takesKeys } from './access.ts';
import { clientAddress } from './client-address.ts';
import { problem } from './problem.ts';

export const WRONG_KEY =
  'This read key is not in force; an administrator makes one on the page of keys, or with "readkey add NAME --role ROLE".';

const bearerOf = ({ headers }: Request) =>
  /^Bearer ([\x21-\x7e]{1,200})$/i.exec(headers.get('authorization') ?? '')?.[1];

/**
 * Fills in `locals.account`, or `locals.retryAfter` where too many wrong ones came from there. A proxy in front may have an
 * `Authorization` of its own: what is no key of this product counts as none where a session says who it is.
 * @throws the connection's error while the warehouse is away
 */
export async function identifyReader(event: RequestEvent): Promise<void> {
  const { cookies, locals, request, route } = event;
  const { parts } = locals;
  const bearer = bearerOf(request);
  const cookie = cookies.get(parts.sessionCookie);
  locals.stillIn = async () => false;
  locals.byKey = bearer !== undefined && takesKeys(route.id) && (bearer.startsWith('hj') || cookie === undefined);
  if (locals.byKey) {
    const token = readKeyToken(bearer!);
    locals.account = await tryToken(event, 'secret', bearer!, async () => token && (await parts.readKeys.find(token)));
    locals.stillIn = async () => token !== undefined && (await findReadKey(parts.app, token)) !== undefined;
  } else if (cookie) {
    locals.account = await tryToken(event, 'session', cookie, () => parts.sessions.find(cookie));
    if (locals.account) parts.sightings.see(cookie);
    locals.stillIn = async () => (await findSession(parts.app, cookie)) !== undefined;
  }
}

/** Looks a link, key or cookie up, unless too many wrong ones came from there: then `locals.retryAfter` says how long to wait. */
export async function tryToken<T>(
  { locals, platform }: Pick<RequestEvent, 'locals' | 'platform'>,
  kind: GuessKind,
  token: string,
  find: () => Promise<T | '' | undefined>,
): Promise<T | undefined> {
  const { proxies, guesses } = locals.parts;
  const address = platform ? clientAddress(platform.req, proxies) : '';
  const tried = await guesses.try(kind, address, token, async () => (await find()) || undefined);
  if (tried.wait === undefined) return tried.found;
  locals.retryAfter = tried.wait;
  return undefined;
}

/** What is refused before the table of access is asked: too many wrong tries, and a read key where none is taken. */
export function refuseReader({ locals, request, route }: RequestEvent): Response | undefined {
  const isOpen = access[route.id as keyof typeof access] === 'public';
  if (locals.retryAfter !== undefined && !isOpen) {
    const detail = 'Too many wrong keys or sessions came from this address; try again later.';
    if (takesKeys(route.id) || locals.byKey)
      return problem(429, 'Too Many Requests', detail, { 'retry-after': String(locals.retryAfter) });
    error(429, tooMany(locals));
  }
  const bearer = bearerOf(request);
  if (bearer === undefined || locals.account || isOpen || takesKeys(route.id)) return undefined;
  return readKeyToken(bearer) === undefined
    ? undefined
    : problem(403, 'Forbidden', 'A read key opens /api/v1 and downloads; pages are for people, who sign in.');
}

export const tooMany = ({ locale, retryAfter = 1 }: App.Locals): string =>
  translate(locale, 'error.too_many', { minutes: Math.ceil(retryAfter / 60) });
