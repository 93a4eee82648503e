import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { startTimeOf } from '../engine/lock-data-dir.ts';

/** A process, so that another one of the same machine can see whether it still runs. */
export interface LeaseProcess {
  host: string;
  process: number;
  started: string;
  machine: string;
}

export const thisProcess = (): LeaseProcess => ({
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
