import { type TemporaryWarehouse, temporaryWarehouse } from '@hengjian/warehouse/testing.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Account, scopeOf } from './account.ts';
import { findAccount, listAccounts, saveAccount } from './account-store.ts';
import { endOtherSessions, endSessionOf } from './end-sessions.ts';
import { firstStartLink } from './first-account.ts';
import { listSessions, sessionId } from './list-sessions.ts';
import { SessionSightings } from './session-sightings.ts';
import { endSession, findSession, startSession } from './session-store.ts';
import { claimSignInLink, createSignInToken, inspectSignInLink } from './sign-in-link.ts';
import { signOutEverywhere } from './sign-out.ts';
import { createToken, hashToken } from './token.ts';

let temporary: TemporaryWarehouse;
beforeAll(async () => {
  temporary = await temporaryWarehouse();
});
afterAll(() => temporary.close());

const account = (name: string, change: Partial<Account> = {}): Account => ({
  name,
  roles: ['office'],
  units: [],
  areas: [],
  disabled: false,
  ...change,
});

describe('the first start', () => {
  test('creates the office account and gives links until one is used', async () => {
    const { warehouse } = temporary;
    const first = await firstStartLink(warehouse, 'http://127.0.0.1:3000');
    expect(first).toMatch(/^http:\/\/127\.0\.0\.1:3000\/sign-in\/[\w-]{43}$/);
    expect(await listAccounts(warehouse)).toEqual([account('office', { roles: ['office', 'admin'] })]);
    const second = await firstStartLink(warehouse, 'http://127.0.0.1:3000');
    expect(second).not.toBe(first);
    const token = new URL(second!).pathname.split('/').at(-1)!;
    expect(await claimSignInLink(warehouse, token)).toEqual({ state: 'open', account: 'office' });
    expect(await firstStartLink(warehouse, 'http://127.0.0.1:3000')).toBeUndefined();
  });
});

describe('a sign-in link', () => {
  test('is looked at without being used up, and works once', async () => {
    const { warehouse } = temporary;
    const token = await createSignInToken(warehouse, 'office');
    expect(await inspectSignInLink(warehouse, token)).toEqual({ state: 'open', account: 'office' });
    expect(await claimSignInLink(warehouse, token)).toEqual({ state: 'open', account: 'office' });
    expect(await claimSignInLink(warehouse, token)).toEqual({ state: 'used', account: 'office' });
    expect(await inspectSignInLink(warehouse, token)).toEqual({ state: 'used', account: 'office' });
  });

  test('used twenty times at the same moment works exactly once', async () => {
    const { warehouse } = temporary;
    const token = await createSignInToken(warehouse, 'office');
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => claimSignInLink(warehouse, token)));
    expect(outcomes.filter(({ state }) => state === 'open')).toHaveLength(1);
  });

  test('expires, and one never made is unknown', async () => {
    const { warehouse } = temporary;
    const token = createToken();
    await warehouse.command(
      `INSERT INTO sign_in_links SELECT {hash:String}, 'office', now64(6) - 90000, now64(6) - 1`,
      { hash: hashToken(token) },
    );
    expect(await claimSignInLink(warehouse, token)).toEqual({ state: 'expired' });
    expect(await claimSignInLink(warehouse, createToken())).toEqual({ state: 'unknown' });
    expect(await claimSignInLink(warehouse, "' OR 1=1 --")).toEqual({ state: 'unknown' });
  });

  test('is stored as a hash only', async () => {
    const { warehouse } = temporary;
    const token = await createSignInToken(warehouse, 'office');
    const rows = await warehouse.query('SELECT * FROM sign_in_links');
    expect(JSON.stringify(rows)).toContain(hashToken(token));
    expect(JSON.stringify(rows)).not.toContain(token);
  });
});

describe('a session', () => {
  test('finds its account with the roles of now, until it is ended', async () => {
    const { warehouse } = temporary;
    await saveAccount(warehouse, account('zhang'), 'test');
    const session = await startSession(warehouse, 'zhang');
    expect(await findSession(warehouse, session)).toEqual(account('zhang'));
    await saveAccount(warehouse, account('zhang', { roles: ['leader'] }), 'test');
    expect((await findSession(warehouse, session))?.roles).toEqual(['leader']);
    await endSession(warehouse, session);
    expect(await findSession(warehouse, session)).toBeUndefined();
  });

  test('ends with its account', async () => {
    const { warehouse } = temporary;
    await saveAccount(warehouse, account('li'), 'test');
    const session = await startSession(warehouse, 'li');
    await saveAccount(warehouse, account('li', { disabled: true }), 'test');
    expect(await findSession(warehouse, session)).toBeUndefined();
    expect((await findAccount(warehouse, 'li'))?.disabled).toBe(true);
  });

  test('expires', async () => {
    const { warehouse } = temporary;
    await saveAccount(warehouse, account('wang'), 'test');
    const token = createToken();
    await warehouse.command(`INSERT INTO sessions SELECT {hash:String}, 'wang', now64(6) - 90000, now64(6) - 1`, {
      hash: hashToken(token),
    });
    expect(await findSession(warehouse, token)).toBeUndefined();
  });
});

describe('signed out everywhere', () => {
  test('sessions and links from before end, those from after count', async () => {
    const { warehouse } = temporary;
    await saveAccount(warehouse, account('zhao'), 'test');
    const [session, link] = [await startSession(warehouse, 'zhao'), await createSignInToken(warehouse, 'zhao')];
    const other = await startSession(warehouse, 'office');
    await signOutEverywhere(warehouse, 'zhao');
    expect(await findSession(warehouse, session)).toBeUndefined();
    expect(await claimSignInLink(warehouse, link)).toEqual({ state: 'expired' });
    expect(await findSession(warehouse, await startSession(warehouse, 'zhao'))).toEqual(account('zhao'));
    const fresh = await createSignInToken(warehouse, 'zhao');
    expect(await claimSignInLink(warehouse, fresh)).toEqual({ state: 'open', account: 'zhao' });
    expect(await findSession(warehouse, other)).toBeDefined();
  });

  test('one session ends by its id, all others at once; those of other accounts stay', async () => {
    const { warehouse } = temporary;
    for (const name of ['sun', 'zhou']) await saveAccount(warehouse, account(name), 'test');
    const own = await startSession(warehouse, 'sun');
    const rest = [await startSession(warehouse, 'sun'), await startSession(warehouse, 'sun')];
    const foreign = await startSession(warehouse, 'zhou');
    const running = async (tokens: string[]) =>
      Promise.all(tokens.map(async (token) => (await findSession(warehouse, token)) !== undefined));
    await endSessionOf(warehouse, 'sun', sessionId(foreign));
    expect(await running([own, ...rest, foreign])).toEqual([true, true, true, true]);
    await endSessionOf(warehouse, 'sun', sessionId(rest[0]!));
    expect(await running([own, ...rest, foreign])).toEqual([true, false, true, true]);
    await endOtherSessions(warehouse, 'sun', own);
    expect(await running([own, ...rest, foreign])).toEqual([true, false, false, true]);
    const [listed, ...more] = await listSessions(warehouse, 'sun');
    expect(more).toEqual([]);
    expect(listed).toMatchObject({ id: sessionId(own), address: '', seen_at: listed!.created_at });
    const sightings = new SessionSightings(warehouse);
    sightings.see(own);
    await sightings.flush();
    expect((await listSessions(warehouse, 'sun'))[0]!.seen_at > listed!.created_at).toBe(true);
  });

  test('a clock that is set back afterwards does not lock the account out', async () => {
    const { warehouse } = temporary;
    await saveAccount(warehouse, account('qian'), 'test');
    await warehouse.command("INSERT INTO account_sign_outs SELECT 'qian', now64(6) + toIntervalMinute(5)");
    expect(await findSession(warehouse, await startSession(warehouse, 'qian'))).toEqual(account('qian'));
    const link = await createSignInToken(warehouse, 'qian');
    expect(await claimSignInLink(warehouse, link)).toEqual({ state: 'open', account: 'qian' });
  });
});

test('scope: only the role unit must name its units', () => {
  expect(scopeOf(account('a'))).toMatchObject({ units: 'all', areas: 'all' });
  expect(scopeOf(account('a', { units: ['scjg'], areas: ['320671001'] }))).toMatchObject({
    units: ['scjg'],
    areas: ['320671001'],
  });
  expect(scopeOf(account('a', { roles: ['unit'] }))).toMatchObject({ units: [] });
});
