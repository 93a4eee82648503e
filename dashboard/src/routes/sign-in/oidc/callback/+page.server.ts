import { error, redirect } from '@sveltejs/kit';
import { findAccount } from '#accounts/account-store.ts';
import type { OidcAnswer } from '#accounts/oidc/oidc-sign-in.ts';
import { hashToken } from '#accounts/token.ts';
import { pathTo } from '#lib/path-to.ts';
import { takeAsked } from '#lib/server/asked-page.ts';
import { enterAs } from '#lib/server/enter-as.ts';
import { tooMany, tryToken } from '#lib/server/identify-reader.ts';
import { callbackAddress, takeFlow } from '#lib/server/oidc-flow.ts';
import { askProvider, oidcOf, refuseAnswer, refuseStale } from '#lib/server/oidc-refusals.ts';
import type { PageServerLoad } from './$types';

/**
 * Back from the identity provider: whom it names is signed in where an account in force has that very name, and nobody else.
 * Each answer that lets nobody in is a guess like a wrong link: by all that was answered, since the attempt is in a cookie that
 * anybody can write, and another code for the same one is another guess.
 */
export const load: PageServerLoad = async (event) => {
  const { cookies, locals, url } = event;
  const oidc = oidcOf(locals);
  const flow = takeFlow(event);
  // Pressed "back", or opened the address again: in already.
  if (!flow && locals.account) redirect(303, pathTo('/'));
  if (!flow) refuseStale(locals);
  let answer: OidcAnswer = { state: 'refused', why: 'not asked' };
  const account = await tryToken(event, 'secret', hashToken(url.search), async () => {
    answer = await askProvider(locals, () => oidc.finish(new URL(callbackAddress(url) + url.search), flow));
    if (answer.state !== 'named') return undefined;
    const found = await findAccount(locals.parts.app, answer.value);
    return found?.disabled ? undefined : found;
  });
  if (!account && locals.retryAfter !== undefined) error(429, tooMany(locals));
  if (!account) refuseAnswer(locals, answer);
  await enterAs(event, account.name);
  redirect(303, flow.back ?? takeAsked(cookies, locals, url, account));
};
