import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { startTimeOf } from '../engine/lock-data-dir.ts';

/** Edge and import without Kafka: behind a log they write nothing themselves and do not count. */
export type WriterKind = 'edge' | 'import' | 'worker' | 'scheduler';

/** Workers share the log and see each other's claims; whoever writes without one sees nobody. A restore ends all of them. */
export const RIVALS: Record<WriterKind, readonly (WriterKind | 'restore')[]> = {
  edge: ['edge', 'import', 'worker', 'restore'],
  import: ['edge', 'import', 'worker', 'restore'],
  worker: ['edge', 'import'],
  scheduler: [],
};

/** A process, so that another one of the same machine can see whether it still runs. */
export interface WriterProcess {
  host: string;
  process: number;
  started: string;
  machine: string;
}

export const thisProcess = (): WriterProcess => ({
  host: hostname(),
  process: process.pid,
  started: startTimeOf(process.pid) ?? '',
  machine: thisMachine(),
});

/** Where a process number means the same process: containers have numbers of their own, and may share a host name. */
export const thisMachine = (): string =>
  [
    hostname(),
    orNothing(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()),
    orNothing(() => readlinkSync('/proc/self/ns/pid')),
  ].join(' ');

function orNothing(read: () => string): string {
  try {
    return read();
  } catch {
    return '';
  }
}
