import type { Role } from '@hengjian/contract/scope.ts';
import { dashboardParts } from '@hengjian/operations/dashboard-parts.ts';
import { readEnvironment, type Warehouse } from '@hengjian/warehouse';
import { temporaryWarehouse } from '@hengjian/warehouse/testing.ts';
import { pino } from 'pino';
import { saveAccount } from '../accounts/account-store.ts';
import { startSession } from '../accounts/session-store.ts';
import { startDashboard } from '../server.ts';
import { PUBLISHED_SAMPLE } from './fill-published-sample.ts';

/** A running dashboard, asked over HTTP without a browser. */
export interface SignedInDashboard {
  url: string;
  warehouse: Warehouse;
  /** Makes the account and a session of it. */
  signIn(name: string, role: Role, units?: string[], areas?: string[]): Promise<void>;
  /** GET as an account that is signed in; as nobody without one. Redirects are not followed. */
  get(path: string, account?: string, headers?: Record<string, string>): Promise<Response>;
  /** POST of a form as an account that is signed in. */
  post(path: string, account: string, body: string, type?: string): Promise<Response>;
  close(): Promise<void>;
}

/** @param fill loads what the test needs; without it there is the published sample */
export async function signedInDashboard(fill?: (warehouse: Warehouse) => Promise<void>): Promise<SignedInDashboard> {
  const temporary = await temporaryWarehouse(fill ? {} : { filled: PUBLISHED_SAMPLE });
  const { warehouse, reader, dataDir } = temporary;
  const environment = readEnvironment({ HENGJIAN_DATA_DIR: dataDir, DASHBOARD_PORT: '0' });
  const logger = pino({ level: 'silent' });
  const dashboard = await startDashboard({
    ...dashboardParts(environment, warehouse),
    warehouse,
    reader,
    environment,
    logger,
  });
  await fill?.(warehouse);
  const sessions = new Map<string, string>();
  return {
    url: dashboard.url,
    warehouse,
    async signIn(name, role, units = [], areas = []) {
      await saveAccount(warehouse, { name, roles: [role], units, areas, disabled: false }, 'test');
      sessions.set(name, await startSession(warehouse, name));
    },
    async get(path, account, headers = {}) {
      const cookie: Record<string, string> = account
        ? { cookie: `${dashboard.sessionCookie}=${sessions.get(account)}` }
        : {};
      const stop = new AbortController();
      const response = await fetch(dashboard.url + path, {
        headers: { ...cookie, ...headers },
        redirect: 'manual',
        signal: stop.signal,
      });
      // The stream does not end by itself.
      if (path === '/api/v1/updates') stop.abort();
      return response;
    },
    post: (path, account, body, type = 'application/x-www-form-urlencoded') =>
      fetch(dashboard.url + path, {
        method: 'POST',
        body,
        redirect: 'manual',
        headers: {
          cookie: `${dashboard.sessionCookie}=${sessions.get(account)}`,
          'content-type': type,
          origin: dashboard.url,
        },
      }),
    async close() {
      await dashboard.stop();
      await temporary.close();
    },
  };
}
