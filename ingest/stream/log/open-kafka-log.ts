import { setTimeout as pause } from 'node:timers/promises';
import { type Environment, inTime } from '@hengjian/warehouse';
import type { Admin } from 'kafkajs';
import type { Logger } from 'pino';
import { askForBroker } from './ask-for-broker.ts';
import { countPartitions, ensureTopic, kafkaClient } from './kafka-client.ts';
import { KafkaLog, type KafkaLogOptions } from './kafka-log.ts';
import { logProducer } from './log-producer.ts';

const LOOK_AGAIN_MS = 60_000;
const TRY_AGAIN_MS = 1_000;
/** Brokers that answer let an edge begin before it listens; it does not wait longer for others. */
const FIRST_TRY_MS = 5_000;

export interface OpenedLog {
  writer: KafkaLog;
  /** Whether a broker answers at this moment. */
  ready(): Promise<boolean>;
  stop(): Promise<void>;
}

type Settings = Pick<Environment, 'kafkaBrokers' | 'kafkaTopic'>;
type Hearing = Pick<KafkaLogOptions, 'onSent' | 'onFailed' | 'limits' | 'begun' | 'grantKey'>;

/** The writer to the topic, which is created if it is missing. @throws NoBrokerError if none answers within seconds */
export async function openKafkaLog(environment: Settings, logger: Logger, hearing?: Hearing): Promise<OpenedLog> {
  const { open, ...log } = closedLog(environment, logger, hearing);
  try {
    await open({ patient: true });
  } catch (error) {
    await log.stop();
    throw error;
  }
  return log;
}

/** The same for an edge, which serves also while no broker answers: its writer says so, and opens when one does. */
export async function openKafkaLogWhenThere(
  environment: Settings,
  logger: Logger,
  hearing?: Hearing,
): Promise<OpenedLog> {
  const { open, ...log } = closedLog(environment, logger, hearing);
  const stopping = new AbortController();
  const { signal } = stopping;
  const opening = async () => {
    for (let known: string | undefined; !signal.aborted; await pause(TRY_AGAIN_MS, undefined, { signal })) {
      try {
        await open();
        if (known !== undefined) logger.info({ topic: environment.kafkaTopic }, 'a broker answers: events are taken');
        return;
      } catch (error) {
        const { message } = error as Error;
        if (message !== known) logger.warn({ err: error }, 'no events are taken until the log can be opened');
        known = message;
      }
    }
  };
  const opened = opening().catch(() => {});
  await Promise.race([opened, pause(FIRST_TRY_MS, undefined, { ref: false })]);
  return {
    ...log,
    async stop() {
      stopping.abort();
      await log.stop();
    },
  };
}

interface ClosedLog extends OpenedLog {
  open(asking?: { patient: boolean }): Promise<void>;
}

/** It takes nothing before `open`, which may be called again until it succeeds. */
function closedLog(environment: Settings, logger: Logger, hearing?: Hearing): ClosedLog {
  const { kafkaTopic: topic } = environment;
  const kafka = kafkaClient(environment, logger);
  let admin: Admin | undefined;
  let partitions = 0;
  let stopped = false;
  let why: Error | undefined;
  let looking: Promise<boolean> | undefined;
  const look = () => {
    looking ??= count().finally(() => {
      looking = undefined;
    });
    return looking;
  };
  const count = async () => {
    if (!admin) return false;
    const now = await countPartitions(admin, topic);
    if (now > 0) partitions = now;
    return now > 0;
  };
  const timer = setInterval(() => void look().catch(() => {}), LOOK_AGAIN_MS).unref();
  const writer = new KafkaLog(logProducer(kafka, topic, logger), () => partitions, {
    ...hearing,
    whyClosed: () => why,
  });
  return {
    writer,
    ready: () => inTime(look()),
    async open(asking) {
      const fresh = kafka.admin();
      try {
        // The client would try for longer, and tell each attempt.
        await askForBroker(environment, asking);
        await fresh.connect();
        const found = await ensureTopic(fresh, topic, logger);
        if (found === 0) throw new Error(`the brokers name no partition of ${topic}`);
        if (stopped) throw new Error('the log is closed');
        partitions = found;
        admin = fresh;
      } catch (error) {
        why = error as Error;
        await fresh.disconnect().catch(() => {});
        throw error;
      }
    },
    async stop() {
      stopped = true;
      clearInterval(timer);
      await writer.stop();
      await admin?.disconnect();
    },
  };
}
