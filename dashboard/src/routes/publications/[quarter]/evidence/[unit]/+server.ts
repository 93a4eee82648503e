import { fileResponse } from '#lib/server/file-response.ts';
import { refuse } from '#lib/server/refuse.ts';
import type { RequestHandler } from './$types';

/** The evidence pack of a unit, of the newest publication or the one of `?number=`. */
export const GET: RequestHandler = async ({ locals, params, url }) => {
  const { parts, scope, ruleset } = locals;
  const { quarter, unit } = params;
  const number = url.searchParams.get('number') || null;
  const asked = { ruleset, quarter, ...(number === null ? {} : { number: Number(number) }) };
  const file = await parts.circulars.evidence(scope, asked, unit);
  return file
    ? fileResponse(file)
    : refuse(locals, { ok: false, reason: 'unknown_unit', detail: '' }, { quarter, unit });
};
