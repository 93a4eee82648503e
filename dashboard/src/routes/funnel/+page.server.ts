import { formatQuarter } from '#lib/i18n/format.ts';
import { translate } from '#lib/i18n/translate.ts';
import { quarterOf } from '#lib/server/quarter-of.ts';
import { refuse } from '#lib/server/refuse.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url, depends }) => {
  depends('hengjian:data');
  const { quarters, quarter, entry, on } = await quarterOf(locals, url);
  const name = translate(locals.locale, 'shell.nav.funnel');
  if (!quarter) return { title: name, quarters, quarter: undefined, on };
  if (!entry) refuse(locals, { ok: false, reason: 'unknown_quarter', detail: quarter }, { quarter });
  return { title: `${formatQuarter(locals.locale, quarter)} ${name}`, quarters, quarter, on };
};
