import { readRows } from '@hengjian/models/queries/statement.ts';
import { seesRejects } from '@hengjian/models/queries/stream-access.ts';
import { streamLag } from '@hengjian/models/queries/stream-lag.ts';
import { rejectReasons } from '@hengjian/models/queries/stream-rejects.ts';
import { streamSources } from '@hengjian/models/queries/stream-sources.ts';
import { translate } from '#lib/i18n/translate.ts';
import { isStreamRange, streamRanges } from '#lib/stream/stream-range.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url, depends }) => {
  depends('hengjian:data', 'hengjian:stream');
  const { scope } = locals;
  const { reader } = locals.parts;
  const wanted = url.searchParams.get('range') ?? '1h';
  const range = isStreamRange(wanted) ? wanted : '1h';
  const at = new Date();
  const [lag, sources, reasons] = await Promise.all([
    readRows(reader, streamLag(scope, { at, minutes: streamRanges[range].minutes })),
    readRows(reader, streamSources(scope, { at, minutes: streamRanges[range].minutes })),
    readRows(reader, rejectReasons(scope)),
  ]);
  return {
    title: translate(locals.locale, 'stream.title'),
    at: at.getTime(),
    range,
    lag: lag[0]!,
    sources,
    reasons,
    whole: seesRejects(scope),
  };
};
