/**
 * Appends records to the log, one request in flight, acknowledged by all in-sync replicas. The idempotent producer of
 * kafkajs is lost for good after some broker errors; then a new one takes over and the same records are sent again.
 * What was sent twice that way is found by the workers: the same (source, id) is stored once.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { StorageFault } from '@hengjian/contract/event-writer.ts';
import { CompressionTypes, type Kafka, type Message, Partitioners, type Producer } from 'kafkajs';
import type { Logger } from 'pino';
import { silence, storageFaultFrom } from '../../store/storage-fault.ts';

/** OUT_OF_ORDER_SEQUENCE_NUMBER, DUPLICATE_SEQUENCE_NUMBER, INVALID_PRODUCER_EPOCH/ID_MAPPING, UNKNOWN_PRODUCER_ID. */
const FATAL = new Set([45, 46, 47, 49, 59, 65]);

/** kafkajs tries again for a minute before it says a word. */
const SILENCE_MS = 5_000;

export interface LogProducer {
  /** @throws when the records could not be acknowledged within `patienceMs`. */
  append(messages: readonly (Message & { partition: number })[]): Promise<void>;
  /** Why records wait; undefined when none do, or all goes well. */
  readonly fault: StorageFault | undefined;
  close(): Promise<void>;
}

export function logProducer(kafka: Kafka, topic: string, logger: Logger, patienceMs = 30_000): LogProducer {
  let closed = false;
  let turn: Promise<unknown> = Promise.resolve();
  let waiting = 0;
  let fault: StorageFault | undefined;
  let sendingSince: number | undefined;

  const connection = producerConnection(kafka);
  const send = async (messages: readonly (Message & { partition: number })[]) => {
    const deadline = performance.now() + patienceMs;
    let rest = [...messages];
    for (let delay = 100; ; delay = Math.min(delay * 2, 2_000)) {
      try {
        const now = await connection.open();
        const answers = await now.send({
          topic,
          acks: -1,
          timeout: 10_000,
          compression: CompressionTypes.None,
          messages: rest,
        });
        // kafkajs leaves out, without a word, what goes to partitions that it has not heard of (added a moment ago).
        const acknowledged = new Set(answers.map(({ partition }) => partition));
        rest = rest.filter(({ partition }) => !acknowledged.has(partition));
        if (rest.length > 0) throw new Error(`the client does not know partition ${rest[0]!.partition} yet`);
        fault = undefined;
        return;
      } catch (error) {
        const code = codeOf(error);
        fault = storageFaultFrom('log', error, fault);
        logger.warn({ err: error, code, records: rest.length }, 'records were not acknowledged');
        // After any failure the sequence numbers of kafkajs and the broker may differ; a new producer starts afresh.
        await connection.drop();
        if (closed || code === 10 || code === 18 || performance.now() + delay > deadline) throw error;
        if (!FATAL.has(code)) await pause(delay);
      }
    }
  };
  return {
    append(messages) {
      waiting += 1;
      const mine = turn
        .then(() => {
          sendingSince = performance.now();
          return send(messages);
        })
        .finally(() => {
          sendingSince = undefined;
          waiting -= 1;
          if (waiting === 0) fault = undefined;
        });
      turn = mine.catch(() => {});
      return mine;
    },
    get fault() {
      return fault ?? silence('log', sendingSince, SILENCE_MS);
    },
    async close() {
      closed = true;
      connection.forbid();
      await turn;
      await connection.drop();
    },
  };
}

/** The producer in use; after a loss the next `open` makes another. */
function producerConnection(kafka: Kafka): { open(): Promise<Producer>; drop(): Promise<void>; forbid(): void } {
  let producer: Producer | undefined;
  let forbidden = false;
  return {
    async open() {
      if (producer) return producer;
      if (forbidden) throw new Error('the log is closed');
      const fresh = kafka.producer({
        idempotent: true,
        maxInFlightRequests: 1,
        allowAutoTopicCreation: false,
        createPartitioner: Partitioners.DefaultPartitioner,
        retry: { initialRetryTime: 200, maxRetryTime: 2_000, retries: 3 },
      });
      await fresh.connect();
      producer = fresh;
      return fresh;
    },
    async drop() {
      const lost = producer;
      producer = undefined;
      await lost?.disconnect().catch(() => {});
    },
    forbid() {
      forbidden = true;
    },
  };
}

/** The broker's error code, which kafkajs wraps. */
function codeOf(error: unknown): number {
  const { code, cause } = error as { code?: unknown; cause?: unknown };
  return typeof code === 'number' ? code : cause ? codeOf(cause) : -1;
}
