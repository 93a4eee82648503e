import { visibleLine } from '@hengjian/contract/visible-text.ts';
import { redirect } from '@sveltejs/kit';
import { themes } from '#lib/design/theme.ts';
import { locales } from '#lib/i18n/locale.ts';
import { pathTo } from '#lib/path-to.ts';
import { problem } from '#lib/server/problem.ts';
import { safeBack } from '#lib/server/safe-back.ts';
import type { RequestHandler } from './$types';

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const CONTROL = /[\u0000-\u001f\u007f]/;
const year = 365 * 86_400;

/** Language, appearance and rule set, kept in the browser; the form comes back to the page it was on. */
export const POST: RequestHandler = async ({ cookies, locals, request, url }) => {
  const form = await request.formData().catch(() => undefined);
  if (!form) return problem(400, 'Bad Request', 'A form with locale, theme and back is expected.');
  for (const [name, value] of form)
    if (typeof value !== 'string' || CONTROL.test(value))
      return problem(400, 'Bad Request', `${visibleLine(name).slice(0, 40)} holds a control character or a file.`);
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
  const safe = safeBack(form.get('back')) ?? pathTo('/');
  redirect(303, ruleset ? withoutRuleSet(safe) : safe);
};

/** What an address said would win over what was just chosen. */
function withoutRuleSet(back: string): string {
  const url = new URL(back, 'http://dashboard');
  url.searchParams.delete('ruleset');
  return url.pathname + url.search;
}
