import { randomUUID } from 'node:crypto';
import { error, fail, type RequestEvent, redirect } from '@sveltejs/kit';
import { findAccount } from '#accounts/account-store.ts';
import { claimSignInLink, inspectSignInLink, type LinkState, linkHours } from '#accounts/sign-in-link.ts';
import { translate } from '#lib/i18n/translate.ts';
import { rememberAsked, takeAsked } from '#lib/server/asked-page.ts';
import { enterAs } from '#lib/server/enter-as.ts';
import { tooMany, tryToken } from '#lib/server/identify-reader.ts';
import { isVisit } from '#lib/server/is-visit.ts';
import type { Actions, PageServerLoad } from './$types';

/** Opening the address uses nothing up: mail scanners and previews open links too. */
export const load: PageServerLoad = async (event) => {
  const { cookies, locals, params, url } = event;
  // Images of another site would use up what this visitor may try.
  if (!isVisit(event)) error(403, translate(locals.locale, 'sign_in.embedded'));
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
    const { cookies, locals, params, request, url } = event;
    const { app } = locals.parts;
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
    await enterAs(event, account.name);
    redirect(303, takeAsked(cookies, locals, url, account));
  },
};

/** A link that was never made is a guess, and too many of them have to wait. @throws 429 then */
async function tryLink(event: RequestEvent, token: string, look: () => Promise<LinkState>): Promise<LinkState> {
  const link = await tryToken(event, 'secret', token, async () => {
    const state = await look();
    return state.state === 'unknown' ? undefined : state;
  });
  // Old cookies of others behind the same address are no reason to refuse a right link.
  if (!link && event.locals.retryAfter !== undefined) error(429, tooMany(event.locals));
  return link ?? { state: 'unknown' };
}

const isUuid = (text: string) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);
