import { listQuarters } from '@hengjian/models/queries/list-quarters.ts';
import { translate } from '#lib/i18n/translate.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, depends }) => {
  depends('hengjian:data');
  return {
    title: translate(locals.locale, 'shell.nav.ranking'),
    quarters: await listQuarters(locals.parts.reader, locals.scope),
  };
};
