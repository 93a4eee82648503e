import { redirect } from '@sveltejs/kit';
import { themes } from '#lib/design/theme.ts';
import { locales } from '#lib/i18n/locale.ts';
import type { RequestHandler } from './$types';

const year = 365 * 86_400;

/** Language and appearance, kept in the browser; the form comes back to the page it was on. */
export const POST: RequestHandler = async ({ cookies, request, url }) => {
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
  if (locale) cookies.set('locale', locale, options);
  if (theme) cookies.set('theme', theme, options);
  const back = String(form.get('back') ?? '/');
  // Only a path of our own: "//host" and "/\host" would lead elsewhere.
  redirect(303, /^\/(?![/\\])/.test(back) ? back : '/');
};
