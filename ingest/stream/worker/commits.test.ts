import { expect, test } from 'vitest';
import { Commits } from './commits.ts';

test('one request at a time, each with the latest of every partition; what is forgotten is not sent', async () => {
  const sent: [number, number][][] = [];
  let answer = () => {};
  const commits = new Commits((offsets) => {
    sent.push([...offsets]);
    return new Promise((resolve) => {
      answer = resolve;
    });
  });
  const next = async () => {
    answer();
    await new Promise((resolve) => setImmediate(resolve));
  };
  commits.want(1, 10);
  for (let offset = 11; offset < 500; offset += 1) commits.want(1, offset);
  commits.want(2, 7);
  expect(sent).toEqual([[[1, 10]]]);
  await next();
  expect(sent.slice(1)).toEqual([
    [
      [1, 499],
      [2, 7],
    ],
  ]);
  commits.want(1, 500);
  commits.forget();
  await next();
  await commits.sent();
  expect(sent).toHaveLength(2);
  commits.want(2, 8);
  const all = commits.sent();
  await next();
  await all;
  expect(sent.at(-1)).toEqual([[2, 8]]);
});
