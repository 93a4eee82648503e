/** What a browser keeps between going to the identity provider and coming back: in a cookie of its own for each attempt, so that two tabs do not collide. */
import type { RequestEvent } from '@sveltejs/kit';
import type { OidcFlow } from '#accounts/oidc/oidc-sign-in.ts';
import { pathTo } from '#lib/path-to.ts';
import { safeBack } from './safe-back.ts';

type Browser = Pick<RequestEvent, 'cookies' | 'locals' | 'url'>;

/** Of an attempt, and where it shall lead. */
export interface KeptFlow extends OidcFlow {
  back?: string | undefined;
}

/** Seconds that somebody may take to sign in at the provider. */
const WITHIN = 900;
const path = pathTo('/sign-in/oidc');
const nameOf = ({ parts }: App.Locals, state: string) => `${parts.sessionCookie}-oidc-${state.slice(0, 12)}`;

export const callbackAddress = ({ origin }: URL): string => origin + pathTo('/sign-in/oidc/callback');

export function keepFlow({ cookies, locals, url }: Browser, flow: KeptFlow): void {
  cookies.set(nameOf(locals, flow.state), JSON.stringify(flow), {
    path,
    httpOnly: true,
    // The provider leads back from another site.
    sameSite: 'lax',
    secure: url.protocol === 'https:',
    maxAge: WITHIN,
  });
}

/** The attempt that the provider's answer is for, once; undefined: it was not begun in this browser, or long ago. */
export function takeFlow({ cookies, locals, url }: Browser): KeptFlow | undefined {
  const state = url.searchParams.get('state') ?? '';
  if (!/^[\w-]{20,100}$/.test(state)) return undefined;
  const name = nameOf(locals, state);
  const kept = cookies.get(name);
  if (kept === undefined) return undefined;
  cookies.delete(name, { path });
  const flow = readFlow(kept);
  return flow?.state === state ? flow : undefined;
}

function readFlow(text: string): KeptFlow | undefined {
  try {
    const { state, nonce, verifier, back } = JSON.parse(text) as Record<string, unknown>;
    if (typeof state !== 'string' || typeof nonce !== 'string' || typeof verifier !== 'string') return undefined;
    return { state, nonce, verifier, back: safeBack(typeof back === 'string' ? back : undefined) };
  } catch {
    return undefined;
  }
}
