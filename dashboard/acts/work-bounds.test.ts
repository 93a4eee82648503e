import { expect, test } from 'vitest';
import { BoundedWork } from './work-bounds.ts';

test('one account and all together do so much at once, and more when something has ended, also badly', async () => {
  const bounded = new BoundedWork({ account: 1, all: 2 });
  const gates = [Promise.withResolvers<string>(), Promise.withResolvers<string>()] as const;
  const first = bounded.run('a', () => gates[0].promise);
  expect(await bounded.run('a', async () => 'too many of one')).toBeUndefined();
  const second = bounded.run('b', () => gates[1].promise);
  expect(await bounded.run('c', async () => 'too many of all')).toBeUndefined();
  gates[0].reject(new Error('broken'));
  await expect(first).rejects.toThrow('broken');
  expect(await bounded.run('a', async () => 'again')).toEqual({ done: 'again' });
  gates[1].resolve('done');
  expect(await second).toEqual({ done: 'done' });
});
