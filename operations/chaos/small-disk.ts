/**
 * A disk that is soon full: a tmpfs in a mount namespace of its own, which the started process keeps (`exec`) and which
 * goes with it. Needs no root where user namespaces are allowed.
 */
import { spawnSync } from 'node:child_process';
import { rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Wrap } from '../testing/front-door.ts';

const FLAGS = process.getuid?.() === 0 ? ['--mount'] : ['--user', '--map-root-user', '--mount'];

export const smallDisksWork = (): boolean =>
  spawnSync('unshare', [...FLAGS, 'sh', '-c', 'mount -t tmpfs -o size=1m tmpfs /mnt']).status === 0;

/** A command that runs with `directory` (which exists) on a disk of so many MiB. */
export const onSmallDisk =
  (directory: string, mebibytes: number): Wrap =>
  (command) => [
    ...['unshare', ...FLAGS, 'sh', '-c', 'mount -t tmpfs -o size="$1m" tmpfs "$2" && shift 2 && exec "$@"', 'sh'],
    ...[String(mebibytes), directory, ...command],
  ];

/** The directory as the process sees it, reachable from here. */
export const seenBy = (pid: number, directory: string): string => `/proc/${pid}/root${directory}`;

/** Writes until nothing is left. */
export function fill(directory: string): void {
  const piece = Buffer.alloc(1024 * 1024);
  const file = join(directory, 'filler');
  try {
    for (;;) writeFileSync(file, piece, { flag: 'a' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
  }
}

export const makeRoom = (directory: string): void => rmSync(join(directory, 'filler'));

export const freeBytes = (directory: string): number => {
  const { bavail, bsize } = statfsSync(directory);
  return bavail * bsize;
};
