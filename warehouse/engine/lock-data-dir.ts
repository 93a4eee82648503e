/**
 * One engine per data directory: `<dataDir>/lock` names the process that holds it. A holder that died leaves a stale
 * lock, recognised by its process id and, on Linux, by that process's start time (ids are used again).
 */
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { writeOwnFile } from './write-own-file.ts';

export interface LockHolder {
  pid: number;
  startTime: string;
  what: string;
  since: string;
}

export class DataDirLockedError extends Error {
  readonly holder: LockHolder;
  constructor(dataDir: string, holder: LockHolder) {
    super(
      `${dataDir} is in use by "${holder.what}" (process ${holder.pid}, since ${holder.since}). Stop it first, or set HENGJIAN_DATA_DIR to another directory.`,
    );
    this.holder = holder;
  }
}

/** Takes the lock, waiting up to `waitMs` for a holder to finish; returns the function that releases it. */
export async function lockDataDir(
  dataDir: string,
  what: string,
  waitMs = 0,
  onWait: (holder: LockHolder) => void = () => {},
): Promise<() => void> {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const file = join(dataDir, 'lock');
  const own = `${file}.${process.pid}.new`;
  const holder: LockHolder = {
    pid: process.pid,
    startTime: startTimeOf(process.pid) ?? '',
    what,
    since: new Date().toISOString(),
  };
  writeOwnFile(own, JSON.stringify(holder));
  const deadline = Date.now() + waitMs;
  let told = false;
  for (;;) {
    try {
      // Written aside and linked: nobody ever sees a lock whose holder is not yet written in it.
      linkSync(own, file);
      rmSync(own);
      return () => rmSync(file, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const present = readHolder(file);
    if (present === 'gone') continue;
    if (present === undefined || !isAlive(present)) {
      // Moved aside before it is removed: of two processes that see the same stale lock, one rename fails.
      const aside = `${file}.${process.pid}`;
      try {
        renameSync(file, aside);
        rmSync(aside, { force: true });
      } catch {}
      continue;
    }
    if (Date.now() >= deadline) {
      rmSync(own, { force: true });
      throw new DataDirLockedError(dataDir, present);
    }
    if (!told) onWait(present);
    told = true;
    await pause(100);
  }
}

function readHolder(file: string): LockHolder | undefined | 'gone' {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as LockHolder;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'gone' : undefined;
  }
}

/** Whether the very process that `holder` describes still runs. */
export function isAlive(holder: { pid: number; startTime: string }): boolean {
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  const now = startTimeOf(holder.pid);
  return now === undefined || holder.startTime === '' || now === holder.startTime;
}

/** Field 22 of /proc/PID/stat (clock ticks since boot); undefined where there is no /proc. */
export function startTimeOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    return undefined;
  }
}
