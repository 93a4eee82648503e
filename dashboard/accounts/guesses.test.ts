import { expect, test } from 'vitest';
import { Guesses } from './guesses.ts';
import { createToken } from './token.ts';

const limits = { secret: 3, session: 5 };
const never = async () => undefined;
const right = async () => 'somebody';

test('wrong ones from one address are looked up so often, then it has to wait, whatever it brings', async () => {
  const guesses = new Guesses(limits, 600);
  for (const token of ['a', 'b', 'c'])
    expect(await guesses.try('secret', '1', token, never)).toEqual({ found: undefined });
  let looked = 0;
  const look = async () => {
    looked += 1;
    return 'somebody';
  };
  const { wait } = await guesses.try('secret', '1', 'd', look);
  expect(wait).toBeGreaterThan(0);
  expect(wait).toBeLessThanOrEqual(600);
  // A wrong one again neither costs nor gets by; cookies and other addresses are not touched.
  expect((await guesses.try('secret', '1', 'a', look)).wait).toBeGreaterThan(0);
  expect(looked).toBe(0);
  expect(await guesses.try('session', '1', 'd', look)).toEqual({ found: 'somebody' });
  expect(await guesses.try('secret', '2', 'd', look)).toEqual({ found: 'somebody' });
});

test('many at once are no way around', async () => {
  const guesses = new Guesses(limits, 600);
  const tries = Array.from({ length: 20 }, (_, n) => guesses.try('secret', '1', `t${n}`, never));
  const refused = (await Promise.all(tries)).filter(({ wait }) => wait !== undefined);
  expect(refused).toHaveLength(17);
});

test('one token many times at once is one try', async () => {
  const guesses = new Guesses(limits, 600);
  const tries = Array.from({ length: 20 }, () => guesses.try('secret', '1', 'key', right));
  expect((await Promise.all(tries)).filter(({ wait }) => wait !== undefined)).toEqual([]);
});

test('right ones cost nothing, and go on where others guess; the same wrong one again is no new guess', async () => {
  const guesses = new Guesses(limits, 600);
  for (let n = 0; n < 30; n += 1) {
    expect(await guesses.try('secret', '1', `right-${n}`, right)).toEqual({ found: 'somebody' });
    expect(await guesses.try('secret', '1', 'old', never)).toEqual({ found: undefined });
  }
  for (const token of ['a', 'b', 'c']) await guesses.try('secret', '1', token, never);
  expect((await guesses.try('secret', '1', 'new', right)).wait).toBeGreaterThan(0);
  expect(await guesses.try('secret', '1', 'right-1', right)).toEqual({ found: 'somebody' });
});

test('an error of the look-up costs nothing', async () => {
  const guesses = new Guesses(limits, 600);
  const away = () => Promise.reject(new Error('away'));
  for (let n = 0; n < 20; n += 1) await expect(guesses.try('secret', 'x', `away${n}`, away)).rejects.toThrow('away');
  expect(await guesses.try('secret', 'x', 'one', right)).toEqual({ found: 'somebody' });
});

test('a stranger with very many addresses keeps nobody else out', async () => {
  const guesses = new Guesses(limits, 600);
  for (let n = 0; n < 1_500; n += 1)
    expect((await guesses.try('secret', `ip${n}`, createToken(), never)).wait).toBeUndefined();
  expect(await guesses.try('secret', 'another', createToken(), right)).toEqual({ found: 'somebody' });
  expect(await guesses.try('secret', 'another', `hjr_${createToken()}`, right)).toEqual({ found: 'somebody' });
});

test('many addresses that know how a key begins are slowed together, at that key alone', async () => {
  const guesses = new Guesses(limits, 600);
  const leaked = `hjr_${createToken()}`;
  const guess = (n: number) => guesses.try('secret', `ip${n}`, `${leaked.slice(0, 20)}${createToken()}`, never);
  const waits = [];
  for (let n = 0; n < 5; n += 1) waits.push((await guess(n)).wait !== undefined);
  expect(waits).toEqual([false, false, false, true, true]);
  expect(await guesses.try('secret', 'ip9', `hjr_${createToken()}`, right)).toEqual({ found: 'somebody' });
});

test('what is remembered is bounded: who guessed longest ago is forgotten first', async () => {
  const guesses = new Guesses(limits, 600, 10);
  for (const token of ['a', 'b', 'c']) await guesses.try('secret', '1', token, never);
  expect((await guesses.try('secret', '1', 'd', right)).wait).toBeGreaterThan(0);
  for (let n = 0; n < 20; n += 1) await guesses.try('secret', `ip${n}`, createToken(), never);
  expect(await guesses.try('secret', '1', 'd', right)).toEqual({ found: 'somebody' });
});
