/** Why somebody who came by the identity provider is not let in, each as a sentence with a way out. */
import { visibleLine } from '@hengjian/contract/visible-text.ts';
import { error } from '@sveltejs/kit';
import type { OidcAnswer, OidcSignIn } from '#accounts/oidc/oidc-sign-in.ts';
import { translate } from '#lib/i18n/translate.ts';

/** @throws 404 where it is not set up */
export function oidcOf({ locale, parts }: App.Locals): OidcSignIn {
  return parts.oidc ?? error(404, translate(locale, 'sign_in.oidc.none'), { wayOut: translate(locale, 'sign_in.how') });
}

/** @throws 503 where the provider is away */
export async function askProvider<T>({ locale, parts, requestId }: App.Locals, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (cause) {
    // By its name: the built pages hold a copy of that module of their own.
    if (!(cause instanceof Error) || cause.name !== 'OidcAwayError') throw cause;
    const { host = '' } = parts.oidc ?? {};
    parts.logger.warn({ host, why: cause.message, requestId }, 'the identity provider does not answer');
    error(503, translate(locale, 'sign_in.oidc.away', { host }), {
      wayOut: translate(locale, 'sign_in.oidc.away.way_out'),
    });
  }
}

/** @throws 400: there is no such attempt in this browser */
export function refuseStale({ locale }: App.Locals): never {
  error(400, translate(locale, 'sign_in.oidc.stale'), { wayOut: translate(locale, 'sign_in.oidc.again') });
}

/** Nobody is let in whom the provider and an account in force do not name. @throws 403 */
export function refuseAnswer({ locale, parts, requestId }: App.Locals, answer: OidcAnswer): never {
  const { host = '', claim = '' } = parts.oidc ?? {};
  const value = answer.state === 'named' ? visibleLine(answer.value.slice(0, 80)) : '';
  const key = answer.state === 'named' ? 'stranger' : answer.state;
  const why = answer.state === 'refused' ? answer.why : value;
  parts.logger.info({ host, claim, refused: key, why, requestId }, 'not signed in by the identity provider');
  error(403, translate(locale, `sign_in.oidc.${key}`, { host, claim, value }), {
    wayOut: translate(
      locale,
      key === 'stranger' || key === 'unnamed' ? `sign_in.oidc.${key}.way_out` : 'sign_in.oidc.again',
      { value },
    ),
  });
}
