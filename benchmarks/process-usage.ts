import { readFileSync } from 'node:fs';

const TICKS_A_SECOND = 100; // USER_HZ on Linux

export interface ProcessUsage {
  /** highest resident set so far, MB */
  peakMb: number;
  /** user and system time so far, seconds */
  cpuSeconds: number;
}

/** What Linux counts for a process (`/proc`); undefined when it has ended or where there is no `/proc`. */
export function processUsage(pid: number): ProcessUsage | undefined {
  try {
    const peakMb = Number(/^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]) / 1000;
    // Fields 14 and 15, counted behind the name in brackets, which may hold blanks.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)!.split(' ');
    return { peakMb, cpuSeconds: (Number(fields[11]) + Number(fields[12])) / TICKS_A_SECOND };
  } catch {
    return undefined;
  }
}
