/** Which callers are told what and when, whatever becomes of the blocks; the store is in the test's hands. */
import { unrestrictedRights } from '@hengjian/contract/write-rights.ts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BlockQueue } from './block-queue.ts';
import type { EventBlock } from './event-block.ts';
import { NO_REQUEST } from './origin.ts';
import { PendingSubmission } from './submission.ts';

interface Attempt {
  block: EventBlock;
  succeed: () => void;
  fail: (error: Error) => void;
}

function opened(blocksAtOnce: 1 | 2) {
  const attempts: Attempt[] = [];
  const queue = new BlockQueue({
    blocksAtOnce,
    store: (block) => new Promise((succeed, fail) => attempts.push({ block, succeed, fail })),
  });
  const ends: string[] = [];
  /** One refused event: any row will do. */
  const send = (name: string) => {
    const submission = new PendingSubmission({
      origin: { kind: 'file', name, part: 0, request: NO_REQUEST },
      rights: unrestrictedRights('test'),
    });
    const refusal = { reason: 'not_an_object' as const, detail: '', source: '', id: '', type: '' };
    queue.current.enter(submission);
    queue.current.rejects.append(refusal, Buffer.from('[]'), 2, submission.origin, 1);
    queue.hurry(submission, 0);
    return submission.durable().then(
      () => ends.push(name),
      (error: Error) => ends.push(`${name}: ${error.message}`),
    );
  };
  return { queue, attempts, ends, send };
}

const turns = async () => {
  for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
};

test('one at a time: the second begins when the first has ended', async () => {
  const { queue, attempts, ends, send } = opened(1);
  void send('a');
  void send('b');
  void send('c');
  await turns();
  expect(attempts).toHaveLength(1);
  attempts[0]!.succeed();
  await turns();
  // Both came while the first was being stored, so they share a block.
  expect(attempts).toHaveLength(2);
  expect(ends).toEqual(['a']);
  attempts[1]!.succeed();
  await queue.drain();
  expect(ends).toEqual(['a', 'b', 'c']);
});

test('two at once: callers are told in the order in which their blocks were filled', async () => {
  const { queue, attempts, ends, send } = opened(2);
  void send('a');
  void send('b');
  await turns();
  expect(attempts).toHaveLength(2);
  attempts[1]!.succeed();
  await turns();
  expect(ends).toEqual([]);
  attempts[0]!.succeed();
  await queue.drain();
  await turns();
  expect(ends).toEqual(['a', 'b']);
});

test('two at once: behind one that is lost all fail, and nothing begins before they have ended', async () => {
  const { queue, attempts, ends, send } = opened(2);
  void send('a');
  void send('b');
  void send('waits');
  await turns();
  attempts[0]!.fail(new Error('lost'));
  await turns();
  expect(ends).toEqual(['a: lost', 'waits: lost']);
  void send('again');
  await turns();
  expect(attempts).toHaveLength(2);
  attempts[1]!.succeed();
  await turns();
  expect(ends).toEqual(['a: lost', 'waits: lost', 'b: lost']);
  expect(attempts).toHaveLength(3);
  attempts[2]!.succeed();
  await queue.drain();
  expect(ends.at(-1)).toBe('again');
});

test('two at once: one that is lost behind a good one fails alone with what waits', async () => {
  const { queue, attempts, ends, send } = opened(2);
  void send('a');
  void send('b');
  void send('waits');
  await turns();
  attempts[1]!.fail(new Error('lost'));
  await turns();
  expect(ends).toEqual([]);
  attempts[0]!.succeed();
  await turns();
  expect(ends).toEqual(['a', 'b: lost', 'waits: lost']);
  await queue.drain();
});

test('a caller is told of success only if its block was stored, and so was all that was pending before', async () => {
  const step = fc.oneof(
    fc.record({ kind: fc.constant('send' as const) }),
    fc.record({ kind: fc.constantFrom('succeed' as const, 'fail' as const), which: fc.nat(1) }),
  );
  await fc.assert(
    fc.asyncProperty(fc.constantFrom<1 | 2>(1, 2), fc.array(step, { maxLength: 40 }), async (atOnce, steps) => {
      const { queue, attempts, ends, send } = opened(atOnce);
      const open: (Attempt & { names: string[] })[] = [];
      const filled = new Map<EventBlock, string[]>();
      const stored = new Map<string, boolean>();
      const pendingBefore = new Map<string, string[]>();
      const told = new Set<string>();
      let sent = 0;
      let begun = 0;
      const look = () => {
        for (; begun < attempts.length; begun += 1) {
          const attempt = attempts[begun]!;
          open.push({ ...attempt, names: filled.get(attempt.block)! });
          filled.delete(attempt.block);
        }
        expect(open.length).toBeLessThanOrEqual(atOnce);
        for (const end of ends.slice(told.size)) {
          const [name, failure] = end.split(':') as [string, string?];
          told.add(name);
          if (failure === undefined)
            for (const other of [name, ...pendingBefore.get(name)!])
              expect([other, stored.get(other)]).toEqual([other, true]);
        }
      };
      const settle = async (attempt: (typeof open)[number], good: boolean) => {
        open.splice(open.indexOf(attempt), 1);
        for (const name of attempt.names) stored.set(name, good);
        if (good) attempt.succeed();
        else attempt.fail(new Error('lost'));
        await turns();
        look();
      };
      for (const one of steps) {
        if (one.kind === 'send') {
          const name = `e${sent++}`;
          pendingBefore.set(
            name,
            [...pendingBefore.keys()].filter((other) => !told.has(other)),
          );
          filled.set(queue.current, [...(filled.get(queue.current) ?? []), name]);
          void send(name);
          await turns();
          look();
        } else {
          const attempt = open[one.which] ?? open[0];
          if (attempt) await settle(attempt, one.kind === 'succeed');
        }
      }
      while (open[0]) await settle(open[0], true);
      expect(told.size).toBe(sent);
    }),
    { numRuns: 200 },
  );
});
