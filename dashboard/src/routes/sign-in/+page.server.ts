import { redirect } from '@sveltejs/kit';
import { translate } from '#lib/i18n/translate.ts';
import { pathTo } from '#lib/path-to.ts';
import { rememberAsked } from '#lib/server/asked-page.ts';
import { safeBack } from '#lib/server/safe-back.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ cookies, locals, url }) => {
  const asked = safeBack(url.searchParams.get('back'));
  // Signed in meanwhile, in another tab: on to the page.
  if (locals.account && asked) redirect(303, asked);
  rememberAsked(cookies, locals, url);
  const { oidc } = locals.parts;
  return {
    title: translate(locals.locale, 'sign_in.title'),
    asked: asked !== undefined,
    oidc: oidc && {
      host: oidc.host,
      href: pathTo(`/sign-in/oidc${asked ? `?back=${encodeURIComponent(asked)}` : ''}`),
    },
  };
};
