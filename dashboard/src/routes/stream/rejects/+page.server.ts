import { visibleLine, visibleText } from '@hengjian/contract/visible-text.ts';
import { readRows } from '@hengjian/models/queries/statement.ts';
import { latestRejects } from '@hengjian/observe/queries/stream-rejects.ts';
import { translate } from '#lib/i18n/translate.ts';
import { shownBytes } from '#lib/stream/shown-bytes.ts';
import type { PageServerLoad } from './$types';

const pageSize = 50;

export const load: PageServerLoad = async ({ locals, url, depends }) => {
  depends('hengjian:data');
  const reason = url.searchParams.get('reason') ?? '';
  const page = Math.min(10_000, Math.max(1, Math.trunc(Number(url.searchParams.get('page'))) || 1));
  const rows = await readRows(
    locals.parts.reader,
    latestRejects(locals.scope, { reason, limit: pageSize + 1, offset: (page - 1) * pageSize }),
  );
  return {
    title: translate(locals.locale, 'stream.rejects.title'),
    reason,
    page,
    more: rows.length > pageSize,
    rejects: rows.slice(0, pageSize).map((row) => ({
      ...row,
      bytes: visibleText(shownBytes(locals.scope, row.bytes)),
      detail: visibleLine(shownBytes(locals.scope, row.detail)),
      origin: visibleLine(row.origin),
    })),
  };
};
