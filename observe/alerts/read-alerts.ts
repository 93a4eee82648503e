import type { Scope } from '@hengjian/contract/scope.ts';
import { readRows } from '@hengjian/models/queries/statement.ts';
import type { Warehouse } from '@hengjian/warehouse';
import { seesRejects } from '../queries/stream-access.ts';
import { streamLogLag } from '../queries/stream-log-lag.ts';
import { streamPartitions } from '../queries/stream-partitions.ts';
import { sourceHours } from '../queries/stream-source-hours.ts';
import { streamSources } from '../queries/stream-sources.ts';
import { unreadableRejects } from '../queries/stream-unreadable.ts';
import { readUncounted } from '../queries/uncounted-events.ts';
import type { Alert } from './alert.ts';
import { alertThresholds } from './alert-thresholds.ts';
import { lagGrowing, lagUnknown, recordsDropped, workersSilent } from './lag-alerts.ts';
import { rejectsShare, unreadableShare } from './rejects-share.ts';
import { sourceSilence } from './source-silence.ts';
import { uncountedAlerts } from './uncounted-alerts.ts';
import { workdays } from './workdays.ts';

export interface AlertOptions {
  at: Date;
  /** The topic of the log; undefined where events go straight to the warehouse. */
  topic: string | undefined;
  /** Where an office keeps its own holiday notices. */
  dataDir: string;
}

const DAY_MINUTES = 1_440;

/** What a person should look at now, the gravest first; empty for a scope that may not see sources. */
export async function readAlerts(warehouse: Warehouse, scope: Scope, options: AlertOptions): Promise<Alert[]> {
  if (!seesRejects(scope)) return [];
  const { at, topic } = options;
  const [ofLog, ofSources, uncounted] = await Promise.all([
    topic === undefined ? [] : readLagAlerts(warehouse, scope, topic, at),
    readSourceAlerts(warehouse, scope, options),
    readUncounted(warehouse, scope),
  ]);
  return [...ofLog, ...ofSources, ...uncountedAlerts(uncounted)];
}

async function readLagAlerts(warehouse: Warehouse, scope: Scope, topic: string, at: Date): Promise<Alert[]> {
  const [partitions, looks] = await Promise.all([
    readRows(warehouse, streamPartitions(scope, { topic, at, minutes: alertThresholds.lag.windowMinutes })),
    readRows(warehouse, streamLogLag(scope, { topic, at, minutes: DAY_MINUTES, step: 1 })),
  ]);
  const unknown = lagUnknown(topic, partitions, at);
  const dropped = recordsDropped(topic, partitions);
  // What stood still or grew when somebody last looked may be over; what is lost stays lost.
  if (unknown) return defined([dropped, unknown]);
  const silent = workersSilent(topic, partitions);
  return defined([
    dropped,
    silent,
    // Where nothing is stored at all, that it grows is no further news.
    silent?.all ? undefined : lagGrowing(topic, looks),
  ]);
}

async function readSourceAlerts(warehouse: Warehouse, scope: Scope, { at, dataDir }: AlertOptions): Promise<Alert[]> {
  const [hours, sources] = await Promise.all([
    readRows(warehouse, sourceHours(scope, { at, days: alertThresholds.source_silent.habitDays })),
    readRows(warehouse, streamSources(scope, { at, minutes: alertThresholds.rejects_above_share.windowMinutes })),
  ]);
  const { minEvents: least, windowMinutes: minutes } = alertThresholds.rejects_above_share;
  const unknown = sources.find(({ source }) => source === '')?.recent_rejects ?? 0;
  // Asked for only where it can matter: it counts what came by each file, key and topic.
  const unreadable = unknown > 0 ? await readRows(warehouse, unreadableRejects(scope, { at, minutes, least })) : [];
  const refused = [...sources.map(rejectsShare), ...unreadable.map(unreadableShare)];
  const isWorkday = workdays(dataDir);
  const silent = defined(hours.map((source) => sourceSilence(source, at, isWorkday)));
  return [
    ...defined(refused).sort((a, b) => b.rejects - a.rejects),
    ...silent.sort((a, b) => b.usual_hours - a.usual_hours),
  ];
}

const defined = <T>(values: readonly (T | undefined)[]): T[] => values.filter((value) => value !== undefined);
