import { Writable } from 'node:stream';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { kafkaClient } from './kafka-client.ts';

/** Levels and messages that come of what the client says at level error. */
function levelsOf(said: readonly (readonly [message: string, error?: string])[]): number[] {
  const levels: number[] = [];
  const into = new Writable({
    write(chunk, _encoding, done) {
      levels.push((JSON.parse(String(chunk)) as { level: number }).level);
      done();
    },
  });
  const logger = kafkaClient({ kafkaBrokers: ['127.0.0.1:1'] }, pino({ level: 'debug' }, into)).logger();
  for (const [message, error] of said) logger.error(message, error === undefined ? {} : { error });
  return levels;
}

const commit = 'Response OffsetCommit(key: 8, version: 5)';

test('what brokers say of a group that moves or joins again is no error', () => {
  expect(
    levelsOf([
      [commit, 'The group is rebalancing, so a rejoin is needed'],
      [commit, 'Specified group generation id is not valid'],
      [commit, 'The coordinator is not aware of this member'],
      ['Response Heartbeat(key: 12, version: 3)', 'This is not the correct coordinator for this group'],
      ['Response JoinGroup(key: 11, version: 5)', 'The group coordinator is not available'],
      [
        'Response OffsetFetch(key: 9, version: 5)',
        "The coordinator is loading and hence can't process requests for this group",
      ],
    ]),
  ).toEqual([20, 20, 20, 20, 20, 20]);
});

test('every other error is one: of other kinds, of the connection, and the crash that ends in it', () => {
  expect(
    levelsOf([
      [commit, 'Not authorized to access group: Group authorization failed'],
      [commit, 'The committing offset data size is not valid'],
      ['Connection error: connect ECONNREFUSED 127.0.0.1:1'],
      ['Crash: KafkaJSNumberOfRetriesExceeded: The group coordinator is not available'],
    ]),
  ).toEqual([50, 50, 50, 50]);
});
