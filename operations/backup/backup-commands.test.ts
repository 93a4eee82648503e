/** The commands as an operator types them, each time opening the data directory anew. */
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import {
  openWarehouse,
  readEnvironment,
  removeRunFile,
  restoreOfficeFiles,
  type Warehouse,
  writeRunFile,
} from '@hengjian/warehouse';
import { migratedStore } from '@hengjian/warehouse/testing.ts';
import { Command } from 'commander';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { registerBackupCommands } from './backup-commands.ts';

/** Of each kind that an office can put in; one is no UTF-8. */
const FILES = {
  'rulesets/own.yaml': 'id: own',
  'rulesets/own.examples.yaml': '[]',
  'calendars/2027.yaml': 'year: 2027',
  'layouts/own.yaml': 'id: own',
  'departments.csv': '\ufeffunit,alias\nscjg,市监局\n',
  'areas.csv': Buffer.from([0xc4, 0xcf, 0xcd, 0xa8]).toString('latin1'),
  'areas.yaml': 'areas: []',
};
const putFiles = (dataDir: string, files: Record<string, string>) => {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(dataDir, path)), { recursive: true });
    writeFileSync(join(dataDir, path), path === 'areas.csv' ? Buffer.from(text, 'latin1') : text);
  }
};
const filesIn = (dataDir: string) =>
  Object.fromEntries(
    ['rulesets', 'calendars', 'layouts', 'departments.csv', 'areas.csv', 'areas.yaml', 'risk-indicators.yaml']
      .filter((name) => existsSync(join(dataDir, name)))
      .flatMap((name) =>
        name.includes('.') ? [name] : readdirSync(join(dataDir, name)).map((one) => `${name}/${one}`),
      )
      .map((path) => [path, readFileSync(join(dataDir, path), path === 'areas.csv' ? 'latin1' : 'utf8')]),
  );

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'hengjian-commands-'));
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

async function run(dataDir: string, ...args: string[]): Promise<string> {
  let said = '';
  const program = new Command().exitOverride();
  const opened = new Set<{ close(): Promise<void> }>();
  registerBackupCommands(program, {
    environment: readEnvironment({ HENGJIAN_DATA_DIR: dataDir }),
    async warehouse() {
      const warehouse = await openWarehouse({ dataDir });
      opened.add(warehouse);
      return warehouse;
    },
    writer: () => Promise.reject(new Error('no events are written here')),
    stdout: { write: (text: string) => (said += text) } as unknown as NodeJS.WritableStream,
    stderr: process.stderr,
  });
  try {
    await program.parseAsync(args, { from: 'user' });
  } finally {
    for (const one of opened) await one.close();
  }
  return said;
}

test('a data directory is backed up, another one restored from it', async () => {
  const [first, second, file] = ['first', 'second', 'copy.tar.gz'].map((name) => join(directory, name)) as [
    string,
    string,
    string,
  ];
  await migratedStore(first);
  const warehouse = await openWarehouse({ dataDir: first });
  await warehouse.insert('events', [{ source: '/s', id: '1', type: 't' }]);
  await restoresWhatIsOfTheOffice(warehouse, join(directory, 'other'));
  await warehouse.close();
  putFiles(first, FILES);
  expect(await run(first, 'backup', file)).toMatch(/copy\.tar\.gz: 1 events, 7 files of the office, \d+\.\d MiB/);
  expect(existsSync(file)).toBe(true);
  // What is there differs in one file, has one that the backup lacks, and one that is the same.
  putFiles(second, { 'areas.csv': 'of before', 'layouts/later.yaml': 'later', 'areas.yaml': FILES['areas.yaml'] });
  const said = await run(second, 'restore', file);
  expect(said).toMatch(/restored: 1 events/);
  expect(filesIn(second)).toEqual(FILES);
  const aside =
    /moved to (.*): areas\.csv, layouts\/later\.yaml\.|moved to (.*): layouts\/later\.yaml, areas\.csv\./.exec(said);
  const moved = aside?.[1] ?? aside?.[2] ?? '';
  expect(readFileSync(join(moved, 'areas.csv'), 'utf8')).toBe('of before');
  expect(readFileSync(join(moved, 'layouts/later.yaml'), 'utf8')).toBe('later');
  expect(existsSync(join(moved, 'areas.yaml'))).toBe(false);
  await expect(run(second, 'restore', file)).rejects.toThrow(/--force/);
});

/** A backup from before the files were in it changes none, and no path of one leads out of the data directory. */
async function restoresWhatIsOfTheOffice(warehouse: Warehouse, dataDir: string): Promise<void> {
  putFiles(dataDir, { 'areas.csv': 'own' });
  // A directory on another disk, from which nothing can be renamed.
  const disk = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'hengjian-office-'));
  onTestFinished(() => rmSync(disk, { recursive: true, force: true }));
  writeFileSync(join(disk, 'own.yaml'), 'own');
  symlinkSync(disk, join(dataDir, 'rulesets'));
  expect(await restoreOfficeFiles(warehouse, dataDir)).toEqual({ restored: [], replaced: [] });
  const content = Buffer.from('x').toString('base64');
  const paths = ['', '../out', 'rulesets/../../out', '/etc/out', 'run.json', 'layouts\\..\\out', 'layouts/ok.yaml'];
  await warehouse.insert(
    'office_files',
    paths.map((path) => ({ path, content })),
  );
  const restored = await restoreOfficeFiles(warehouse, dataDir);
  expect(restored).toMatchObject({ restored: ['layouts/ok.yaml'], replaced: ['rulesets/own.yaml', 'areas.csv'] });
  expect(existsSync(join(disk, 'own.yaml'))).toBe(false);
  expect(readFileSync(join(restored.aside!, 'rulesets/own.yaml'), 'utf8')).toBe('own');
  expect(existsSync(join(dataDir, '..', 'out'))).toBe(false);
}

test('nothing is restored under a running instance', async () => {
  const dataDir = join(directory, 'running');
  await migratedStore(dataDir);
  const warehouse = await openWarehouse({ dataDir });
  await warehouse.close();
  writeRunFile(dataDir, { internalKey: 'k' });
  await expect(run(dataDir, 'restore', join(directory, 'any.tar'))).rejects.toThrow(/stop it first/);
  removeRunFile(dataDir);
});
