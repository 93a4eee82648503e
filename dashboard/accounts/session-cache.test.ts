import { afterEach, expect, test } from 'vitest';
import type { Account } from './account.ts';
import { announceAccountChange } from './account-changes.ts';
import { SessionCache } from './session-cache.ts';
import { createToken } from './token.ts';

const open: SessionCache[] = [];
afterEach(() => {
  for (const cache of open.splice(0)) cache.stop();
});

const gone = () => Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });

function start() {
  const token = createToken();
  const account: Account = { name: 'guest', roles: ['auditor'], units: [], areas: [], disabled: false };
  const state = { now: 0, asked: 0, checked: 0, changes: 0, away: false, sessions: new Map([[token, account]]) };
  const cache = new SessionCache({
    now: () => state.now,
    async state() {
      state.checked++;
      if (state.away) throw gone();
      return String(state.changes);
    },
    async find(asked) {
      state.asked++;
      const found = state.sessions.get(asked);
      if (state.away) throw gone();
      return found;
    },
  });
  open.push(cache);
  return { cache, state, token, account };
}

test('a session is looked up once a minute, by many requests at once one time, and asked about once a second', async () => {
  const { cache, state, token, account } = start();
  expect(await Promise.all([cache.find(token), cache.find(token)])).toEqual([account, account]);
  expect([state.asked, state.checked]).toEqual([1, 1]);
  state.now = 500;
  expect(await cache.find(token)).toBe(account);
  expect([state.asked, state.checked]).toEqual([1, 1]);
  state.now = 1_001;
  expect(await Promise.all([cache.find(token), cache.find(token)])).toEqual([account, account]);
  expect([state.asked, state.checked]).toEqual([1, 2]);
  // It may have expired.
  state.now = 60_001;
  state.sessions.clear();
  expect(await cache.find(token)).toBeUndefined();
  expect(state.asked).toBe(2);
});

test('for all sessions together one question is put', async () => {
  const { cache, state, token, account } = start();
  const other = createToken();
  state.sessions.set(other, { ...account, name: 'other' });
  const both = () => Promise.all([cache.find(token), cache.find(other)]);
  await both();
  state.now = 1_500;
  expect((await both()).map((found) => found?.name)).toEqual(['guest', 'other']);
  expect([state.asked, state.checked]).toEqual([2, 2]);
});

test('who is known does not wait for the question that is put after half a second', async () => {
  const { cache, state, token, account } = start();
  await cache.find(token);
  state.sessions.clear();
  state.changes++;
  state.now = 501;
  expect(await cache.find(token)).toBe(account);
  await expect.poll(() => cache.find(token)).toBeUndefined();
});

test('a session that was looked up after the state was asked for, and changed meanwhile, is looked up again', async () => {
  const { cache, state, token } = start();
  const other = createToken();
  await cache.find(other);
  state.changes++;
  state.now = 400;
  // Looked up beside the state of before the change.
  await cache.find(token);
  state.sessions.clear();
  state.changes++;
  state.now = 1_401;
  expect(await cache.find(token)).toBeUndefined();
});

test('what another process ends has ended after a second', async () => {
  const { cache, state, token } = start();
  await cache.find(token);
  state.sessions.clear();
  state.changes++;
  state.now = 1_001;
  expect(await cache.find(token)).toBeUndefined();
});

test('a change in this process acts at once, also on a look-up under way', async () => {
  const { cache, state, token, account } = start();
  await cache.find(token);
  state.sessions.set(token, { ...account, roles: ['unit'], units: ['scjg'] });
  announceAccountChange();
  const underWay = cache.find(token);
  expect((await underWay)?.roles).toEqual(['unit']);
  announceAccountChange();
  const early = cache.find(token);
  state.sessions.clear();
  announceAccountChange();
  await early;
  expect(await cache.find(token)).toBeUndefined();
});

test('a token that no session has is never kept, nonsense not even looked up', async () => {
  const { cache, state } = start();
  const unknown = createToken();
  await cache.find(unknown);
  await cache.find(unknown);
  expect(state.asked).toBe(2);
  expect(await cache.find('nonsense')).toBeUndefined();
  expect(state.asked).toBe(2);
});

test('while the warehouse is away its last word counts for ten minutes', async () => {
  const { cache, state, token, account } = start();
  await cache.find(token);
  state.away = true;
  state.now = 5_000;
  expect(await cache.find(token)).toBe(account);
  state.now = 10 * 60_000 + 1;
  await expect(cache.find(token)).rejects.toThrow('ECONNREFUSED');
  state.away = false;
  expect(await cache.find(token)).toBe(account);
});
