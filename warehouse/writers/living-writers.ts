import { isAlive } from '../engine/lock-data-dir.ts';
import type { Warehouse } from '../warehouse.ts';
import { thisMachine, type WriterKind, type WriterProcess } from './writer.ts';

/** One that said nothing for so long (seconds) counts as dead; it says something every five. */
export const SILENT_SECONDS = 20;

export interface LivingWriter extends WriterProcess {
  owner: string;
  kind: WriterKind;
  topic: string;
  /** µs since 1970, by the server's clock, and the same for people. */
  begun: number;
  since: string;
  /** It had looked whether there were others, and writes. */
  admitted: boolean;
}

/** Those that have not ended, in the order of their first announcements. A process of this machine is looked for itself. */
export async function livingWriters(warehouse: Warehouse): Promise<LivingWriter[]> {
  // Not only later than: after the server's clock was set back, rows of before lie in the future.
  const seen = await warehouse.query<Omit<LivingWriter, 'admitted'> & { admitted: number }>(
    `SELECT toString(w.owner) AS owner, any(w.kind) AS kind, any(w.topic) AS topic, any(w.host) AS host,
       any(w.process) AS process, any(w.started) AS started, any(w.machine) AS machine,
       toUnixTimestamp64Micro(min(w.since)) AS begun, toString(toDateTime(min(w.since))) AS since,
       max(w.step = 'admitted') AS admitted
     FROM writers AS w GROUP BY w.owner
     HAVING max(w.step = 'ended') = 0
       AND min(abs(dateDiff('millisecond', w.at, now64(6)))) <= {silent:UInt32} * 1000
     ORDER BY begun, owner`,
    { silent: SILENT_SECONDS },
  );
  const here = thisMachine();
  return seen
    .filter((writer) => writer.machine !== here || isAlive({ pid: writer.process, startTime: writer.started }))
    .map((writer) => ({ ...writer, admitted: writer.admitted === 1 }));
}

const NAMES: Record<WriterKind, string> = {
  edge: 'an edge without Kafka',
  import: 'an import without Kafka',
  worker: 'a worker',
  scheduler: 'a scheduler',
};

/** "an edge without Kafka (host a, process 12, since 2026-11-29 11:00:00)" */
export const describeWriter = ({ kind, host, process, since }: LivingWriter): string =>
  `${NAMES[kind]} (host ${host}, process ${process}, since ${since})`;
