import type { Cookies } from '@sveltejs/kit';
import type { Account } from '#accounts/account.ts';
import { linkHours } from '#accounts/sign-in-link.ts';
import { pathTo } from '#lib/path-to.ts';
import { decide } from './access.ts';
import { safeBack } from './safe-back.ts';

const nameOf = ({ parts }: App.Locals) => `${parts.sessionCookie}-asked`;
const path = pathTo('/');

/** Keeps the page that a stranger asked for until they have a sign-in link, which may come by mail hours later. */
export function rememberAsked(cookies: Cookies, locals: App.Locals, url: URL): void {
  const back = safeBack(url.searchParams.get('back'));
  if (!back) return;
  const secure = url.protocol === 'https:';
  cookies.set(nameOf(locals), back, { path, httpOnly: true, sameSite: 'lax', secure, maxAge: linkHours * 3_600 });
}

/** Where to lead who has just signed in: the page the link names, or that was asked for before (taken once); else the desk of who has one. */
export function takeAsked(cookies: Cookies, locals: App.Locals, url: URL, account: Account): string {
  const asked = safeBack(url.searchParams.get('back')) ?? safeBack(cookies.get(nameOf(locals)));
  cookies.delete(nameOf(locals), { path });
  return asked ?? (decide('/desk', account) === 'granted' ? pathTo('/desk') : path);
}
