import { redirect } from '@sveltejs/kit';
import { themes } from '#lib/design/theme.ts';
import { locales } from '#lib/i18n/locale.ts';
import type { RequestHandler } from './$types';

const year = 365 * 86_400;

/** Language, appearance and rule set, kept in the browser; the form comes back to the page it was on. */
export const POST: RequestHandler = async ({ cookies, locals, request, url }) => {
  const form = await request.formData();
  const options = {
    path: '/',
    maxAge: year,
    httpOnly: true,
    sameSite: 'strict',
    secure: url.protocol === 'https:',
  } as const;
  const locale = locales.find((candidate) => candidate === form.get('locale'));
  const theme = themes.find((candidate) => candidate === form.get('theme'));
  const ruleset = locals.parts.ruleSets.find(({ id }) => id === form.get('ruleset'));
  if (ruleset) cookies.set('ruleset', ruleset.id, options);
  if (locale) cookies.set('locale', locale, options);
  if (theme) cookies.set('theme', theme, options);
  const back = String(form.get('back') ?? '/');
  // Only a path of our own: "//host" and "/\host" would lead elsewhere.
  redirect(303, /^\/(?![/\\])/.test(back) ? (ruleset ? withoutRuleSet(back) : back) : '/');
};

/** What an address said would win over what was just chosen. */
function withoutRuleSet(back: string): string {
  const url = new URL(back, 'http://dashboard');
  url.searchParams.delete('ruleset');
  return url.pathname + url.search;
}
