import { mkdirSync, openSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';

const ROTATE_BYTES = 20 * 1024 * 1024;

/** Where the parts' structured logs go. */
export interface PartLog {
  /** For `stdio`: 2 is this process's standard error. */
  output: number;
  /** Path of the file, if it is one. */
  file?: string;
}

/**
 * On a terminal, where a person reads, logs go to `<dataDir>/hengjian.log` (0600, one older file is kept); otherwise to
 * standard error, where a service manager or container collects them.
 */
export function openLog(dataDir: string): PartLog {
  if (!process.stdout.isTTY) return { output: 2 };
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const file = join(dataDir, 'hengjian.log');
  try {
    if (statSync(file).size > ROTATE_BYTES) renameSync(file, `${file}.1`);
  } catch {
    // There is none yet.
  }
  return { output: openSync(file, 'a', 0o600), file };
}
