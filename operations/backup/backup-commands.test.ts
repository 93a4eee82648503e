/** The commands as an operator types them, each time opening the data directory anew. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openWarehouse, readEnvironment, removeRunFile, writeRunFile } from '@hengjian/warehouse';
import { migratedStore } from '@hengjian/warehouse/testing.ts';
import { Command } from 'commander';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { registerBackupCommands } from './backup-commands.ts';

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
  await warehouse.close();
  expect(await run(first, 'backup', file)).toMatch(/copy\.tar\.gz: 1 events, \d+\.\d MiB/);
  expect(existsSync(file)).toBe(true);
  expect(await run(second, 'restore', file)).toMatch(/restored: 1 events/);
  await expect(run(second, 'restore', file)).rejects.toThrow(/--force/);
});

test('nothing is restored under a running instance', async () => {
  const dataDir = join(directory, 'running');
  await migratedStore(dataDir);
  const warehouse = await openWarehouse({ dataDir });
  await warehouse.close();
  writeRunFile(dataDir, { internalKey: 'k' });
  await expect(run(dataDir, 'restore', join(directory, 'any.tar'))).rejects.toThrow(/stop it first/);
  removeRunFile(dataDir);
});
