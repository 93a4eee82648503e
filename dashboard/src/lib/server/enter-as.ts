import type { IncomingMessage } from 'node:http';
import type { RequestEvent } from '@sveltejs/kit';
import { type SessionOrigin, sessionDays, startSession } from '#accounts/session-store.ts';
import { pathTo } from '#lib/path-to.ts';
import { addressOf, traceOf } from './request-trace.ts';

/** Starts a session of an account in this browser. To be called once it is certain that the account is theirs, and in force. */
export async function enterAs(
  {
    cookies,
    locals,
    platform,
    request,
    url,
  }: Pick<RequestEvent, 'cookies' | 'locals' | 'platform' | 'request' | 'url'>,
  account: string,
): Promise<void> {
  const { app, logger, sessionCookie } = locals.parts;
  const trace = traceOf(platform?.req);
  if (trace) trace.account = account;
  const token = await startSession(app, account, originOf(request, platform?.req));
  cookies.set(sessionCookie, token, {
    path: pathTo('/'),
    httpOnly: true,
    // Not strict: a link from a mail or another system would then land as a stranger. Forms of other sites do not bring it.
    sameSite: 'lax',
    secure: url.protocol === 'https:',
    maxAge: sessionDays * 86_400,
  });
  logger.info({ account, requestId: locals.requestId }, 'signed in');
}

function originOf(request: Request, incoming: IncomingMessage | undefined): SessionOrigin {
  return { address: incoming ? addressOf(incoming) : '', agent: request.headers.get('user-agent') ?? '' };
}
