import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { error, fail, type RequestEvent, redirect } from '@sveltejs/kit';
import { findAccount } from '#accounts/account-store.ts';
import { type SessionOrigin, sessionDays, startSession } from '#accounts/session-store.ts';
import { claimSignInLink, inspectSignInLink, type LinkState, linkHours } from '#accounts/sign-in-link.ts';
import { translate } from '#lib/i18n/translate.ts';
import { pathTo } from '#lib/path-to.ts';
import { rememberAsked, takeAsked } from '#lib/server/asked-page.ts';
import { tooMany, tryToken } from '#lib/server/identify-reader.ts';
import { addressOf, traceOf } from '#lib/server/request-trace.ts';
import type { Actions, PageServerLoad } from './$types';

/** Opening the address uses nothing up: mail scanners and previews open links too. */
export const load: PageServerLoad = async (event) => {
  const { cookies, locals, params, url } = event;
  rememberAsked(cookies, locals, url);
  return {
    title: translate(locals.locale, 'sign_in.title'),
    link: await tryLink(event, params.token, () => inspectSignInLink(locals.parts.app, params.token)),
    linkHours,
    // A second press of this page's button is the same attempt.
    attempt: randomUUID(),
  };
};

export const actions: Actions = {
  default: async (event) => {
    const { cookies, locals, params, platform, request, url } = event;
    const { app, logger, sessionCookie } = locals.parts;
    const attempt = String((await request.formData()).get('attempt') ?? '');
    const link = await tryLink(event, params.token, () =>
      claimSignInLink(app, params.token, isUuid(attempt) ? attempt : randomUUID()),
    );
    // The link was opened in two tabs and pressed in both.
    if (link.state === 'used' && locals.account && link.account === locals.account.name)
      redirect(303, takeAsked(cookies, locals, url, locals.account));
    if (link.state !== 'open') return fail(403, { refused: link.state });
    const account = await findAccount(app, link.account);
    if (!account || account.disabled) return fail(403, { refused: 'disabled' as const });
    const trace = traceOf(platform?.req);
    if (trace) trace.account = account.name;
    const token = await startSession(app, account.name, originOf(request, platform?.req));
    cookies.set(sessionCookie, token, {
      path: pathTo('/'),
      httpOnly: true,
      // Not strict: a link from a mail or another system would then land as a stranger. Forms of other sites do not bring it.
      sameSite: 'lax',
      secure: url.protocol === 'https:',
      maxAge: sessionDays * 86_400,
    });
    logger.info({ account: account.name, requestId: locals.requestId }, 'signed in');
    redirect(303, takeAsked(cookies, locals, url, account));
  },
};

/** A link that was never made is a guess, and too many of them have to wait. @throws 429 then */
async function tryLink(event: RequestEvent, token: string, look: () => Promise<LinkState>): Promise<LinkState> {
  const link = await tryToken(event, 'secret', token, async () => {
    const state = await look();
    return state.state === 'unknown' ? undefined : state;
  });
  if (event.locals.retryAfter !== undefined) error(429, tooMany(event.locals));
  return link ?? { state: 'unknown' };
}

function originOf(request: Request, incoming: IncomingMessage | undefined): SessionOrigin {
  return { address: incoming ? addressOf(incoming) : '', agent: request.headers.get('user-agent') ?? '' };
}

const isUuid = (text: string) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);
