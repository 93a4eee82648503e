import type { CircularFormat } from '@hengjian/models/publication/circulars.ts';
import { error } from '@sveltejs/kit';
import { translate } from '#lib/i18n/translate.ts';
import { fileResponse } from '#lib/server/file-response.ts';
import type { RequestHandler } from './$types';

/** `circular.docx`, `.xlsx`, `.pdf` with the saved texts, `brief.pdf`, `ranking.svg`, or `issued.…?sha256=` as it was issued. */
export const GET: RequestHandler = async ({ locals, params, url }) => {
  const { locale, parts, scope, ruleset } = locals;
  const number = url.searchParams.get('number') || null;
  const asked = { ruleset, quarter: params.quarter, ...(number === null ? {} : { number: Number(number) }) };
  const gone = () => error(404, translate(locale, 'error.no_page', { path: url.pathname }));
  const circular = /^circular\.(docx|xlsx|pdf)$/.exec(params.file)?.[1] as CircularFormat | undefined;
  if (params.file === 'ranking.svg') {
    const svg = await parts.circulars.chart(scope, asked);
    return svg === undefined ? gone() : new Response(svg, { headers: { 'content-type': 'image/svg+xml' } });
  }
  if (/^issued\.(docx|xlsx|pdf)$/.test(params.file)) {
    const file = await parts.circulars.issued(scope, asked, url.searchParams.get('sha256') ?? '');
    if (!file) return gone();
    if (!file.isSame) error(409, translate(locale, 'circular.issued.differs'));
    return fileResponse(file);
  }
  const file = circular
    ? await parts.circulars.file(scope, asked, circular)
    : params.file === 'brief.pdf'
      ? await parts.circulars.brief(scope, asked)
      : undefined;
  return file ? fileResponse(file) : gone();
};
