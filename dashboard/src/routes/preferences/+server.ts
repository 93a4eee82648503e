import { redirect } from '@sveltejs/kit';
import { themes } from '#lib/design/theme.ts';
import { locales } from '#lib/i18n/locale.ts';
import { pathTo } from '#lib/path-to.ts';
import { problem } from '#lib/server/problem.ts';
import { safeBack } from '#lib/server/safe-back.ts';
import type { RequestHandler } from './$types';

const year = 365 * 86_400;

/** Language, appearance and rule set, kept in the browser; the form comes back to the page it was on. */
export const POST: RequestHandler = async ({ cookies, locals, request, url }) => {
  const form = await request.formData().catch(() => undefined);
  if (!form) return problem(400, 'Bad Request', 'A form with locale, theme and back is expected.');
  const options = {
    path: pathTo('/'),
    maxAge: year,
    httpOnly: true,
    sameSite: 'lax',
    secure: url.protocol === 'https:',
  } as const;
  const locale = locales.find((candidate) => candidate === form.get('locale'));
  const theme = themes.find((candidate) => candidate === form.get('theme'));
  const ruleset = locals.parts.ruleSets.find(({ id }) => id === form.get('ruleset'));
  if (ruleset) cookies.set('ruleset', ruleset.id, options);
  if (locale) cookies.set('locale', locale, options);
  if (theme) cookies.set('theme', theme, options);
  const back = String(form.get('back') ?? '');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  if (/[\u0000-\u001f\u007f]/.test(back)) return problem(400, 'Bad Request', 'back holds a control character.');
  const safe = safeBack(back) ?? pathTo('/');
  redirect(303, ruleset ? withoutRuleSet(safe) : safe);
};

/** What an address said would win over what was just chosen. */
function withoutRuleSet(back: string): string {
  const url = new URL(back, 'http://dashboard');
  url.searchParams.delete('ruleset');
  return url.pathname + url.search;
}
