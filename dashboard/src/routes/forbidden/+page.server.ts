import { error } from '@sveltejs/kit';
import { listText } from '#lib/i18n/list-text.ts';
import { isMessageKey, translate } from '#lib/i18n/translate.ts';
import type { PageServerLoad } from './$types';

/** Always refuses: the choke point shows this page in place of one that the account may not see. */
export const load: PageServerLoad = ({ locals, url }) => {
  const { locale, account } = locals;
  const names = (account?.roles ?? []).map((role) => {
    const key = `role.${role}`;
    return isMessageKey(key) ? translate(locale, key) : role;
  });
  const roles = listText(locale, names);
  error(403, translate(locale, 'error.role', { roles, path: url.searchParams.get('from') ?? '' }), {
    wayOut: translate(locale, 'error.role.way_out'),
  });
};
