import { expect, test } from 'vitest';
import { BegunThings } from './begun-things.ts';

const filed = (thing: string, unit = 'scjg') => ({ type: 'objection.filed', thing, unit });

test('what was begun is of whom began it first, as each kind of thing that it is', () => {
  const begun = new BegunThings();
  begun.note(filed('O'));
  begun.note(filed('O', 'czj'));
  begun.note({ type: 'inspection.done', thing: 'T', unit: 'scjg' });
  expect([begun.of('objection', 'O'), begun.of('answer', 'O')]).toEqual([['scjg'], ['scjg']]);
  expect([begun.of('alert', 'O'), begun.of('task', 'T')]).toEqual([undefined, undefined]);
});

test('of an edge that runs for months the latest are remembered', () => {
  const begun = new BegunThings();
  for (let n = 0; n < 20_000; n++) begun.note(filed(`O-${n}`));
  expect([begun.of('objection', 'O-0'), begun.of('objection', 'O-19999')]).toEqual([undefined, ['scjg']]);
});
