import { rmSync, writeFileSync } from 'node:fs';

/**
 * Writes a file that is ours alone (0600). What somebody may have put there before, a link to another file or a file of
 * theirs that they can read, is not written through.
 */
export function writeOwnFile(path: string, text: string): void {
  rmSync(path, { force: true });
  writeFileSync(path, text, { mode: 0o600, flag: 'wx' });
}
