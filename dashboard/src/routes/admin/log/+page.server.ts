import { accessLogRows, accessOutcomes } from '#accounts/access-log-rows.ts';
import { translate } from '#lib/i18n/translate.ts';
import { access } from '#lib/server/access.ts';
import { accessLogFilter } from '#lib/server/access-log-filter.ts';
import { holdAdmin } from '#lib/server/hold-admin.ts';
import type { PageServerLoad } from './$types';

const PAGE = 50;

export const load: PageServerLoad = async ({ locals, url }) => {
  holdAdmin(locals, 'access_log');
  const rows = await accessLogRows(locals.parts.app, accessLogFilter(url), PAGE + 1);
  const asked = (name: string) => url.searchParams.get(name) ?? '';
  return {
    title: translate(locals.locale, 'log.title'),
    rows: rows.slice(0, PAGE),
    older: rows.length > PAGE ? rows[PAGE - 1]!.cursor : undefined,
    routes: Object.keys(access).sort(),
    outcomes: accessOutcomes,
    asked: {
      account: asked('account'),
      route: asked('route'),
      day: asked('day'),
      outcome: asked('outcome'),
      exports: asked('exports'),
      before: asked('before'),
    },
  };
};
