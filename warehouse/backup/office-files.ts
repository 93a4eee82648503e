/**
 * What an office put into its data directory: a backup holds it, a restore puts it back. They are rows of a table, since a
 * backup may be written by a server on another machine, in whatever form.
 */
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Warehouse } from '../warehouse.ts';

/** Files and directories (docs/operate/backup.md names what is in each). */
const OF_THE_OFFICE = [
  'rulesets',
  'calendars',
  'layouts',
  'departments.csv',
  'areas.csv',
  'areas.yaml',
  'risk-indicators.yaml',
] as const;

/** Where a restore puts what it replaces, below the data directory. */
export const REPLACED = 'replaced-by-restore';

interface OfficeFile {
  /** Below the data directory, its steps parted by `/`. */
  path: string;
  content: Buffer;
}

export interface RestoredFiles {
  /** Paths, in order. */
  restored: string[];
  /** Those that were there and are not as in the backup, or not in it at all. */
  replaced: string[];
  /** Directory where they are now; undefined where there are none. */
  aside?: string;
}

/** Lays them beside the tables, for the backup that follows. @returns how many */
export async function keepOfficeFiles(warehouse: Warehouse, dataDir: string): Promise<number> {
  const files = officeFiles(dataDir);
  await warehouse.command('TRUNCATE TABLE office_files');
  await warehouse.insert('office_files', [
    { path: '', content: '' },
    ...files.map(({ path, content }) => ({ path, content: content.toString('base64') })),
  ]);
  return files.length;
}

/**
 * Makes the office's files in the data directory those of the backup that was restored. What it replaces is moved aside, none
 * is deleted. A backup from before they were in it changes none.
 */
export async function restoreOfficeFiles(
  warehouse: Warehouse,
  dataDir: string,
  now = new Date(),
): Promise<RestoredFiles> {
  const rows = await warehouse.query<{ path: string; content: string }>(
    'SELECT path, content FROM office_files ORDER BY path',
  );
  if (rows.length === 0) return { restored: [], replaced: [] };
  const wanted = new Map(
    rows.filter(({ path }) => isOfTheOffice(path)).map(({ path, content }) => [path, Buffer.from(content, 'base64')]),
  );
  const present = officeFiles(dataDir);
  const replaced = present.filter(({ path, content }) => !wanted.get(path)?.equals(content)).map(({ path }) => path);
  const aside = join(dataDir, REPLACED, now.toISOString().replaceAll(/[:.]/g, '-'));
  for (const path of replaced) move(join(dataDir, path), join(aside, path));
  const unchanged = new Set(present.map(({ path }) => path).filter((path) => !replaced.includes(path)));
  for (const [path, content] of wanted) if (!unchanged.has(path)) write(join(dataDir, path), content);
  return { restored: [...wanted.keys()], replaced, ...(replaced.length > 0 ? { aside } : {}) };
}

/** Nothing that a backup says leads out of these. */
function isOfTheOffice(path: string): boolean {
  const steps = path.split('/');
  return (
    (OF_THE_OFFICE as readonly string[]).includes(steps[0]!) &&
    steps.every((step) => step !== '' && step !== '.' && step !== '..' && !/[\\\0]/.test(step))
  );
}

function officeFiles(dataDir: string): OfficeFile[] {
  const below = (path: string): OfficeFile[] => {
    const stat = statSync(join(dataDir, path), { throwIfNoEntry: false });
    if (stat?.isFile()) return [{ path, content: readFileSync(join(dataDir, path)) }];
    if (!stat?.isDirectory()) return [];
    // What is being written has a name of its own until it is whole.
    const names = readdirSync(join(dataDir, path)).filter((name) => !name.startsWith('.') && !name.endsWith('.new'));
    return names.sort().flatMap((name) => below(`${path}/${name}`));
  };
  return OF_THE_OFFICE.flatMap((path) => below(path));
}

/** Also where a directory of the office lies on a disk of its own. */
function move(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true, mode: 0o700 });
  try {
    renameSync(from, to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EXDEV') throw error;
    // Whole there before it is gone here.
    write(to, readFileSync(from));
    rmSync(from);
  }
}

/** Whole or not at all. */
function write(file: string, content: Buffer): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const aside = `${file}.${process.pid}.new`;
  try {
    writeFileSync(aside, content, { mode: 0o600 });
    renameSync(aside, file);
  } catch (error) {
    rmSync(aside, { force: true });
    throw error;
  }
}
