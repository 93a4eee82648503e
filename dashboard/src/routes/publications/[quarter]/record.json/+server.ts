import { may } from '@hengjian/contract/permissions.ts';
import { error } from '@sveltejs/kit';
import { translate } from '#lib/i18n/translate.ts';
import { refuse } from '#lib/server/refuse.ts';
import type { RequestHandler } from './$types';

/** The record, its snapshot and the rules, as `verify --file` reads them; of the newest publication, or the one of `?number=`. */
export const GET: RequestHandler = async ({ locals, params, url }) => {
  const { locale, parts, scope, ruleset } = locals;
  if (!may(scope, 'publications', 'export')) error(403, translate(locale, 'error.title.403'));
  const number = url.searchParams.get('number') || null;
  const found = (await parts.acts.chain(scope)).findLast(
    ({ record, snapshot }) =>
      record.quarter === params.quarter &&
      snapshot.ruleset.id === ruleset &&
      (number === null || record.number === Number(number)),
  );
  if (!found) refuse(locals, { ok: false, reason: 'unknown_quarter', detail: '' }, { quarter: params.quarter });
  const { record, recordSha256, snapshot, rulesetText } = found;
  const name = `${record.quarter}-${snapshot.ruleset.id}-${record.number}.json`;
  return new Response(
    JSON.stringify({ record, record_sha256: recordSha256, snapshot, ruleset_text: rulesetText }, null, 2),
    {
      headers: {
        'content-type': 'application/json',
        'content-disposition': `attachment; filename="${name}"`,
      },
    },
  );
};
