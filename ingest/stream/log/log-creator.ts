/** What kafkajs says, in our log: at the level it deserves where the client calls an error what is none. */
import { createRequire } from 'node:module';
import { type logCreator as LogCreator, logLevel } from 'kafkajs';
import type { Logger } from 'pino';

const LEVELS = {
  [logLevel.ERROR]: 'error',
  [logLevel.WARN]: 'warn',
  [logLevel.INFO]: 'info',
  [logLevel.DEBUG]: 'debug',
} as const;

/** As kafkajs 2.2.4 has it. */
const { errorCodes } = createRequire(import.meta.url)('kafkajs/src/protocol/error.js') as {
  errorCodes: readonly { type: string; message: string }[];
};

/**
 * So brokers tell members of a group to ask elsewhere, to ask again or to join again. Consumer and worker do; where that
 * does not help, the consumer's crash is told at its own level.
 */
const PASSING = new Set([
  'GROUP_LOAD_IN_PROGRESS',
  'GROUP_COORDINATOR_NOT_AVAILABLE',
  'NOT_COORDINATOR_FOR_GROUP',
  'ILLEGAL_GENERATION',
  'UNKNOWN_MEMBER_ID',
  'REBALANCE_IN_PROGRESS',
]);
/** The client hands on an error's text only. */
const PASSING_TEXTS = new Set(errorCodes.filter(({ type }) => PASSING.has(type)).map(({ message }) => message));

/** kafkajs warns of what log-producer.ts does on purpose: a producer that failed is replaced. */
const REPLACED = 'Limiting retries for the idempotent producer';

export const logCreator =
  (logger: Logger): LogCreator =>
  () =>
  ({ level, log: { message, timestamp: _, logger: __, stack: ___, ...fields } }) => {
    const expected = message.startsWith(REPLACED) || PASSING_TEXTS.has(String(fields.error ?? ''));
    const name = expected ? 'debug' : LEVELS[level as keyof typeof LEVELS];
    if (name) logger[name]({ kafka: fields }, message);
  };
