import { appendFileSync, renameSync, statSync } from 'node:fs';

const ROTATE_BYTES = 5 * 1024 * 1024;

/**
 * Appends to `file` (0600); when it is full it becomes `file.1`, in the place of the one before: two of them are the most
 * there is. What cannot be written is dropped: whoever logs must not end because the disk is full.
 */
export function boundedLog(file: string, rotateBytes = ROTATE_BYTES): (chunk: Buffer | string) => void {
  return (chunk) => {
    try {
      const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
      if (size > 0 && size + chunk.length > rotateBytes) renameSync(file, `${file}.1`);
      appendFileSync(file, chunk, { mode: 0o600 });
    } catch {
      // The disk is full, or the directory is gone.
    }
  };
}
