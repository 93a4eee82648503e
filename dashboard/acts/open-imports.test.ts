/** Many files sent at once do not pass the bound that they pass one after the other. */
import { expect, test } from 'vitest';
import { MOST_OPEN, OpenImports } from './open-imports.ts';

const pause = () => new Promise<void>((resolve) => setImmediate(resolve));

function opened() {
  const stored: string[] = [];
  const open = new OpenImports({
    async countOpen(account) {
      const own = stored.filter((one) => one === account).length;
      const everyone = stored.length;
      // What is stored meanwhile is not in the answer.
      await pause();
      await pause();
      return { own, everyone };
    },
  });
  const send = (account: string, keep: () => Promise<void> = pause) =>
    open.admit(account, keep, async () => {
      await pause();
      return String(stored.push(account));
    });
  return { stored, send };
}

test('of one account', async () => {
  const { stored, send } = opened();
  const answers = await Promise.all(Array.from({ length: 50 }, () => send('a')));
  expect(stored).toHaveLength(MOST_OPEN.account);
  expect(answers.filter((answer) => typeof answer !== 'string')).toEqual(
    Array.from({ length: 50 - MOST_OPEN.account }, () => ({ full: 'account', most: MOST_OPEN.account })),
  );
  expect(await send('b')).toEqual(expect.any(String));
});

test('of all accounts', async () => {
  const { stored, send } = opened();
  const answers = await Promise.all(Array.from({ length: 300 }, (_, n) => send(`a${n}`)));
  expect(stored).toHaveLength(MOST_OPEN.all);
  expect(answers.at(-1)).toEqual({ full: 'all', most: MOST_OPEN.all });
});

test('what cannot be kept takes no place', async () => {
  const { stored, send } = opened();
  for (let n = 0; n < MOST_OPEN.account; n += 1)
    await expect(send('a', () => Promise.reject(new Error('the disk is full')))).rejects.toThrow('the disk is full');
  expect(await send('a')).toBe('1');
  expect(stored).toEqual(['a']);
});
