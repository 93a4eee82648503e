import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Role } from '@hengjian/contract/scope.ts';
import { saveAccount } from '@hengjian/dashboard/accounts/account-store.ts';
import { startSession } from '@hengjian/dashboard/accounts/session-store.ts';
import { createKey } from '@hengjian/ingest';
import { demoDirectory } from '@hengjian/operations/up/demo-directory.ts';
import { openWarehouse } from '@hengjian/warehouse';
import { startUp } from '../running-up.ts';
import type { Reader } from './plan-readers.ts';
import { familyOf } from './process-family.ts';
import { signIn } from './sign-in.ts';
import { nameOf } from './watch-memory.ts';

export interface ReadersScene {
  /** address of the dashboard */
  url: string;
  readers: Reader[];
  /** address of `POST /v1/events`, and a key */
  events: string;
  key: string;
  /** of the dashboard's process */
  pid: number | undefined;
  close(): Promise<void>;
}

/** Two accounts of each, so that some may see the same and some may not. */
const KINDS: { role: Role; units: string[] }[] = [
  { role: 'office', units: [] },
  { role: 'leader', units: [] },
  { role: 'auditor', units: [] },
  { role: 'unit', units: ['scjg'] },
  { role: 'unit', units: ['zrzy'] },
];

/** A fresh demo district with everything running, and as many readers as asked, each with a session of its own. */
export async function startReaders(count: number): Promise<ReadersScene> {
  const directory = mkdtempSync(join(tmpdir(), 'hengjian-readers-'));
  const remove = () => rmSync(directory, { recursive: true, force: true });
  const env = { HENGJIAN_DATA_DIR: directory, INGEST_PORT: '0', DASHBOARD_PORT: '0', CLICKHOUSE_URL: '' };
  const up = await startUp(['--demo'], env).catch((error: unknown) => {
    remove();
    throw error;
  });
  try {
    // What goes on behind the pages of a new demo is no reader's.
    await up.until('the past year of the demo is in');
    const warehouse = await openWarehouse({ dataDir: demoDirectory(directory) });
    try {
      // The name of the cookie is the installation's.
      const [name] = (await signIn(up.address(/http:\/\/\S+(?=\s+\(works once)/))).split('=');
      const accounts = KINDS.flatMap((kind, n) => [1, 2].map((twin) => ({ ...kind, name: `reader-${n}-${twin}` })));
      for (const { role, ...account } of accounts)
        await saveAccount(warehouse, { ...account, roles: [role], areas: [], disabled: false }, 'benchmark');
      const readers: Reader[] = [];
      for (let n = 0; n < count; n++) {
        const account = accounts[n % accounts.length]!;
        const cookie = `${name}=${await startSession(warehouse, account.name)}`;
        readers.push({ cookie, unit: account.units[0] ?? 'scjg' });
      }
      return {
        url: new URL(up.address(/(?<=Dashboard \S+\s+)http:\/\/[^/\s]+/)).origin,
        readers,
        events: up.address(/http:\/\/\S+\/v1\/events/),
        key: await createKey(warehouse, { name: 'benchmark' }),
        pid: familyOf([up.pid]).find((pid) => nameOf(pid) === 'dashboard'),
        async close() {
          await up.stop();
          remove();
        },
      };
    } finally {
      await warehouse.close();
    }
  } catch (error) {
    await up.stop();
    remove();
    throw error;
  }
}
