import { expect, test } from 'vitest';
import { repeatUntilStopped } from './repeat-until-stopped.ts';

test('looks follow one another, never two at once; stop waits for the one under way, and none comes after', async () => {
  let begun = 0;
  let ended = 0;
  let entered = () => {};
  const third = new Promise<void>((resolve) => {
    entered = resolve;
  });
  const repeating = repeatUntilStopped(0, async () => {
    expect(begun).toBe(ended);
    begun += 1;
    if (begun === 3) entered();
    await new Promise((resolve) => setTimeout(resolve, 5));
    ended += 1;
    return 0;
  });
  await third;
  await repeating.stop();
  expect([begun, ended]).toEqual([3, 3]);
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(begun).toBe(3);
});

test('stopped before its first look, it looks never', async () => {
  let looks = 0;
  const repeating = repeatUntilStopped(60_000, async () => {
    looks += 1;
    return 0;
  });
  await repeating.stop();
  expect(looks).toBe(0);
});
