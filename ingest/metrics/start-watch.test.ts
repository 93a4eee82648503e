import { expect, test } from 'vitest';
import { startWatch } from './start-watch.ts';

test('never two looks at a time, an error does not end it, and stop waits for the last look', async () => {
  let looking = 0;
  let most = 0;
  let looks = 0;
  const errors: string[] = [];
  const watch = startWatch({
    everyMs: 1,
    async look() {
      looking += 1;
      most = Math.max(most, looking);
      await new Promise((resolve) => setTimeout(resolve, 10));
      looking -= 1;
      looks += 1;
      if (looks === 2) throw new Error('away');
    },
    onError: ({ message }) => void errors.push(message),
  });
  await expect.poll(() => looks, { timeout: 60_000 }).toBeGreaterThan(3);
  await watch.stop();
  expect(looking).toBe(0);
  const ended = looks;
  await new Promise((resolve) => setTimeout(resolve, 30));
  expect([looks, most, errors]).toEqual([ended, 1, ['away']]);
});
