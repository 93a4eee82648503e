import { readRows } from '@hengjian/models/queries/statement.ts';
import { readAlerts } from '@hengjian/observe/alerts/read-alerts.ts';
import { seesRejects } from '@hengjian/observe/queries/stream-access.ts';
import { streamLag } from '@hengjian/observe/queries/stream-lag.ts';
import { streamLogLag } from '@hengjian/observe/queries/stream-log-lag.ts';
import { streamPartitions } from '@hengjian/observe/queries/stream-partitions.ts';
import { rejectReasons } from '@hengjian/observe/queries/stream-rejects.ts';
import { streamSources } from '@hengjian/observe/queries/stream-sources.ts';
import { streamWriters } from '@hengjian/observe/queries/stream-writers.ts';
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
  const { minutes, step } = streamRanges[range];
  const { kafkaBrokers, kafkaTopic, dataDir } = locals.parts.environment;
  const topic = kafkaBrokers.length > 0 ? kafkaTopic : undefined;
  const [lag, sources, reasons, writers, partitions, lags, alerts] = await Promise.all([
    readRows(reader, streamLag(scope, { at, minutes: minutes })),
    readRows(reader, streamSources(scope, { at, minutes: minutes })),
    readRows(reader, rejectReasons(scope)),
    readRows(reader, streamWriters(scope, { at, minutes })),
    topic === undefined ? [] : readRows(reader, streamPartitions(scope, { topic, at, minutes })),
    topic === undefined ? [] : readRows(reader, streamLogLag(scope, { topic, at, minutes, step })),
    readAlerts(reader, scope, { at, topic, dataDir }),
  ]);
  return {
    title: translate(locals.locale, 'stream.title'),
    at: at.getTime(),
    range,
    lag: lag[0]!,
    sources,
    reasons,
    writers,
    topic,
    partitions,
    lags,
    alerts,
    whole: seesRejects(scope),
  };
};
