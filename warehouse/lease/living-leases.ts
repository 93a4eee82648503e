import { isAlive } from '../engine/lock-data-dir.ts';
import type { Warehouse } from '../warehouse.ts';
import type { LeaseClaim, LeaseKind } from './lease-kinds.ts';
import { type LeaseProcess, thisMachine } from './lease-process.ts';

/** One that said nothing for so long (seconds) counts as dead; it says something every five. */
export const SILENT_SECONDS = 20;

export interface LivingLease extends LeaseProcess, LeaseClaim {
  owner: string;
  /** µs since 1970, by the server's clock, and the same for people. */
  begun: number;
  since: string;
  /** It had looked whether there were others, and writes. */
  admitted: boolean;
}

/** Those that have not ended, in the order in which they were asked for. A process of this machine is looked for itself. */
export async function livingLeases(warehouse: Warehouse): Promise<LivingLease[]> {
  // Not only later than: after the server's clock was set back, rows of before lie in the future.
  const heard = `SELECT owner FROM leases
    WHERE at BETWEEN now64(6) - toIntervalSecond({silent:UInt32}) AND now64(6) + toIntervalSecond({silent:UInt32})`;
  const seen = await warehouse.query<Omit<LivingLease, 'admitted'> & { admitted: number }>(
    `SELECT toString(l.owner) AS owner, any(l.kind) AS kind, any(l.topic) AS topic, any(l.cluster) AS cluster,
       any(l.host) AS host, any(l.process) AS process, any(l.started) AS started, any(l.machine) AS machine,
       toUnixTimestamp64Micro(min(l.since)) AS begun, toString(toDateTime(min(l.since))) AS since,
       max(l.step = 'admitted') AS admitted
     FROM leases AS l WHERE l.owner IN (${heard}) GROUP BY l.owner
     HAVING max(l.step = 'ended') = 0 ORDER BY begun, owner`,
    { silent: SILENT_SECONDS },
  );
  const here = thisMachine();
  return seen
    .filter((lease) => lease.machine !== here || isAlive({ pid: lease.process, startTime: lease.started }))
    .map((lease) => ({ ...lease, admitted: lease.admitted === 1 }));
}

const NAMES: Record<LeaseKind, string> = {
  edge: 'an edge without Kafka',
  import: 'an import without Kafka',
  worker: 'a worker',
  scheduler: 'a scheduler',
  refresh: 'a refresh',
};

/** "an edge without Kafka (host a, process 12, since 2026-11-29 11:00:00)" */
export const describeLease = ({ kind, host, process, since }: LivingLease): string =>
  `${NAMES[kind]} (host ${host}, process ${process}, since ${since})`;
