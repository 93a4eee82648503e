/** For tests that leave the broker in peace and have topics of their own: one broker for all files of a run (setup/lend-broker.ts). */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { TemporaryBroker } from './temporary-broker.ts';

/** A directory in which a run of tests is asked for a broker, and answers. */
export const SHARED_BROKER_DIRECTORY = 'HENGJIAN_SHARED_BROKER';

/** In that directory: the wish, and the answer, `{ brokers }` or `{ failure }`. */
export const wishFile = (directory: string): string => join(directory, 'wanted');
export const answerFile = (directory: string): string => join(directory, 'answer.json');

/**
 * Starts it for the first that asks. Outside such a run each has a broker of its own.
 * @throws with what the broker said, where it could not be started
 */
export async function sharedBroker(): Promise<Pick<TemporaryBroker, 'brokers' | 'close'>> {
  const directory = process.env[SHARED_BROKER_DIRECTORY];
  if (!directory) return (await import('./temporary-broker.ts')).temporaryBroker();
  writeFileSync(wishFile(directory), '');
  while (!existsSync(answerFile(directory))) await pause(100);
  const { brokers, failure } = JSON.parse(readFileSync(answerFile(directory), 'utf8')) as Answer;
  if (brokers === undefined) throw new Error(failure);
  return { brokers, close: async () => {} };
}

interface Answer {
  brokers?: string;
  failure?: string;
}
