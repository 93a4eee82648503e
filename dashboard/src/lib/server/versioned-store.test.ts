import { expect, test } from 'vitest';
import { VersionedStore } from './versioned-store.ts';

const made = (value: string) => ({ value, bytes: value.length });

test('what is made is found until the next version, and counted', async () => {
  const store = new VersionedStore(8_000);
  expect(store.find('1', 'a')).toBeUndefined();
  expect(await store.make('1', 'a', async () => made('A'))).toEqual({ made: made('A'), isShared: false });
  expect(store.find('1', 'a')).toEqual({ value: 'A' });
  expect([store.entries, store.bytes, store.counts]).toEqual([1, 2, { kept: 1, before: 0, joined: 0, made: 1 }]);
  expect(store.find('2', 'a')).toBeUndefined();
  expect([store.entries, store.bytes]).toEqual([0, 0]);
});

test('who asks meanwhile waits for the same, and is told that another one made it', async () => {
  const store = new VersionedStore(8_000);
  store.find('1', 'a');
  const { promise, resolve } = Promise.withResolvers<void>();
  const make = async () => {
    await promise;
    return { value: 'A', bytes: undefined };
  };
  const asked = [store.make('1', 'a', make), store.make('1', 'a', make)];
  resolve();
  expect((await Promise.all(asked)).map(({ isShared }) => isShared)).toEqual([false, true]);
  expect(store.find('1', 'a')).toBeUndefined();
  expect(store.counts).toEqual({ kept: 0, before: 0, joined: 1, made: 1 });
});

test('what was under way when the version changed is given, not kept', async () => {
  const store = new VersionedStore(8_000);
  store.find('1', 'a');
  const { promise, resolve } = Promise.withResolvers<void>();
  const early = store.make('1', 'a', async () => {
    await promise;
    return made('old');
  });
  store.find('2', 'a');
  resolve();
  expect((await early).made.value).toBe('old');
  expect(store.find('2', 'a')).toBeUndefined();
});

test('a failure is everybody’s who waited, and nobody’s afterwards', async () => {
  const store = new VersionedStore(8_000);
  store.find('1', 'a');
  const fail = async () => Promise.reject(new Error('broken'));
  await expect(store.make('1', 'a', fail)).rejects.toThrow('broken');
  expect((await store.make('1', 'a', async () => made('A'))).made.value).toBe('A');
});

test('the bytes are bounded', async () => {
  const store = new VersionedStore(1_000);
  store.find('1', '');
  for (let n = 0; n < 100; n++) await store.make('1', String(n), async () => made('x'.repeat(100)));
  expect(store.bytes).toBeLessThanOrEqual(1_000);
  expect(store.find('1', '99')).toBeDefined();
  expect(store.find('1', '0')).toBeUndefined();
});

test('of the version before it is kept for a moment what was made of it', async () => {
  const store = new VersionedStore(8_000, 50);
  store.find('1', 'a');
  await store.make('1', 'a', async () => made('A'));
  expect(store.findBefore('1', 'a')).toBeUndefined();
  store.find('2', 'a');
  expect(store.findBefore('1', 'a')).toEqual({ value: 'A' });
  expect([store.findBefore('0', 'a'), store.findBefore('1', 'b')]).toEqual([undefined, undefined]);
  expect(store.counts.before).toBe(1);
  await store.make('2', 'a', async () => made('B'));
  // A late request of the version before neither finds nor forgets.
  expect(store.find('1', 'a')).toBeUndefined();
  expect(store.find('2', 'a')).toEqual({ value: 'B' });
  await expect.poll(() => store.entries).toBe(1);
  expect(store.findBefore('1', 'a')).toBeUndefined();
});

test('it is renewed once, however many ask, and again when that failed', async () => {
  const store = new VersionedStore(8_000, 50);
  let begun = 0;
  const fail = async () => {
    begun++;
    throw new Error('broken');
  };
  store.renew('1', 'a', fail);
  store.renew('1', 'a', fail);
  expect(begun).toBe(1);
  await new Promise((resolve) => setImmediate(resolve));
  store.renew('1', 'a', fail);
  expect(begun).toBe(2);
});
