import { afterEach, expect, test } from 'vitest';
import type { Account } from './account.ts';
import { announceAccountChange } from './account-changes.ts';
import { SessionCache } from './session-cache.ts';
import { createToken } from './token.ts';

const open: SessionCache[] = [];
afterEach(() => {
  for (const cache of open.splice(0)) cache.stop();
});

function start() {
  const token = createToken();
  const account: Account = { name: 'guest', roles: ['auditor'], units: [], areas: [], disabled: false };
  const state = { now: 0, asked: 0, away: false, sessions: new Map([[token, account]]) };
  const cache = new SessionCache({
    now: () => state.now,
    async find(asked) {
      state.asked++;
      const found = state.sessions.get(asked);
      if (state.away) throw Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
      return found;
    },
  });
  open.push(cache);
  return { cache, state, token, account };
}

test('a session is looked up once a second, by many requests at once one time', async () => {
  const { cache, state, token, account } = start();
  expect(await Promise.all([cache.find(token), cache.find(token)])).toEqual([account, account]);
  state.now = 1_000;
  expect(await cache.find(token)).toBe(account);
  expect(state.asked).toBe(1);
  state.now = 1_001;
  await cache.find(token);
  expect(state.asked).toBe(2);
});

test('what another process ends has ended after a second', async () => {
  const { cache, state, token } = start();
  await cache.find(token);
  state.sessions.clear();
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
