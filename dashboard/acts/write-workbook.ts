import { randomUUID } from 'node:crypto';
import { rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DataTable } from '@hengjian/contract/data-table.ts';

/** A workbook on disk, for as long as nobody has dropped it. */
export interface WrittenWorkbook {
  path: string;
  size: number;
  drop(): Promise<void>;
}

/** Written aside before any of it is sent: what breaks off on the way is an error, not a file that no program opens. */
export async function writeWorkbook(table: DataTable): Promise<WrittenWorkbook> {
  const path = join(tmpdir(), `hengjian-table-${randomUUID()}.xlsx`);
  const drop = () => rm(path, { force: true });
  try {
    const { writeTable } = await import('@hengjian/documents');
    await writeTable(table, path);
    return { path, size: (await stat(path)).size, drop };
  } catch (error) {
    await drop();
    throw error;
  }
}
