import { fail, redirect } from '@sveltejs/kit';
import { findAccount } from '#accounts/account-store.ts';
import { sessionDays, startSession } from '#accounts/session-store.ts';
import { claimSignInLink, inspectSignInLink, linkHours } from '#accounts/sign-in-link.ts';
import { translate } from '#lib/i18n/translate.ts';
import { traceOf } from '#lib/server/request-trace.ts';
import type { Actions, PageServerLoad } from './$types';

/** Opening the address uses nothing up: mail scanners and previews open links too. */
export const load: PageServerLoad = async ({ locals, params }) => ({
  title: translate(locals.locale, 'sign_in.title'),
  link: await inspectSignInLink(locals.parts.app, params.token),
  linkHours,
});

export const actions: Actions = {
  default: async ({ cookies, locals, params, platform, url }) => {
    const { app, logger, sessionCookie } = locals.parts;
    const link = await claimSignInLink(app, params.token);
    if (link.state !== 'open') return fail(403, { refused: link.state });
    const account = await findAccount(app, link.account);
    if (!account || account.disabled) return fail(403, { refused: 'disabled' as const });
    const trace = traceOf(platform?.req);
    if (trace) trace.account = account.name;
    const token = await startSession(app, account.name);
    cookies.set(sessionCookie, token, {
      path: '/',
      httpOnly: true,
      sameSite: 'strict',
      secure: url.protocol === 'https:',
      maxAge: sessionDays * 86_400,
    });
    logger.info({ account: account.name, requestId: locals.requestId }, 'signed in');
    redirect(303, '/');
  },
};
