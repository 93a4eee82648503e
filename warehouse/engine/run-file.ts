/**
 * `<dataDir>/run.json` (0600): how commands on the same machine find a running `up` and share its engine.
 * Holds secrets; it is written by the process that owns the data directory and removed when that stops.
 */
import { mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { EngineAccess } from './engine-config.ts';
import { isAlive, startTimeOf } from './lock-data-dir.ts';
import { writeOwnFile } from './write-own-file.ts';

export interface RunFile {
  pid: number;
  startTime: string;
  /** The embedded engine; absent where CLICKHOUSE_URL names a server. */
  access?: EngineAccess;
  /** Authenticates commands of this machine to the internal routes of the parts. */
  internalKey: string;
  ingest?: { url: string };
  /** Where it listens, and where people reach it if that is elsewhere. */
  dashboard?: { url: string; publicUrl?: string };
  /** Every part that serves /health/ready, for `status`. */
  parts?: { name: string; url: string }[];
}

const fileIn = (dataDir: string) => join(dataDir, 'run.json');

export function writeRunFile(dataDir: string, content: Omit<RunFile, 'pid' | 'startTime'>): void {
  const file = fileIn(dataDir);
  // With a server elsewhere nothing else has made the directory.
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const whole: RunFile = { ...content, pid: process.pid, startTime: startTimeOf(process.pid) ?? '' };
  writeOwnFile(`${file}.new`, JSON.stringify(whole));
  renameSync(`${file}.new`, file);
}

/** The running instance on `dataDir`; undefined if there is none (a file left by a killed one is ignored). */
export function readRunFile(dataDir: string): RunFile | undefined {
  try {
    const run = JSON.parse(readFileSync(fileIn(dataDir), 'utf8')) as RunFile;
    return isAlive(run) ? run : undefined;
  } catch {
    return undefined;
  }
}

export function removeRunFile(dataDir: string): void {
  rmSync(fileIn(dataDir), { force: true });
}
