import { type Environment, inTime } from '@hengjian/warehouse';
import type { Logger } from 'pino';
import { countPartitions, ensureTopic, kafkaClient } from './kafka-client.ts';
import { KafkaLog, type KafkaLogOptions } from './kafka-log.ts';
import { logProducer } from './log-producer.ts';

const LOOK_AGAIN_MS = 60_000;

export interface OpenedLog {
  door: KafkaLog;
  /** Whether a broker answers at this moment. */
  ready(): Promise<boolean>;
  stop(): Promise<void>;
}

/** The door to the topic, which is created if it is missing. @throws if no broker answers. */
export async function openKafkaLog(
  environment: Pick<Environment, 'kafkaBrokers' | 'kafkaTopic'>,
  logger: Logger,
  onSent?: KafkaLogOptions['onSent'],
): Promise<OpenedLog> {
  const { kafkaTopic: topic } = environment;
  const kafka = kafkaClient(environment, logger);
  const admin = kafka.admin();
  await admin.connect();
  let partitions = await ensureTopic(admin, topic, logger);
  let looking: Promise<boolean> | undefined;
  const look = () => {
    looking ??= count().finally(() => {
      looking = undefined;
    });
    return looking;
  };
  const count = async () => {
    const now = await countPartitions(admin, topic);
    if (now > 0) partitions = now;
    return now > 0;
  };
  const timer = setInterval(() => void look().catch(() => {}), LOOK_AGAIN_MS).unref();
  const door = new KafkaLog(logProducer(kafka, topic, logger), () => partitions, { onSent });
  return {
    door,
    ready: () => inTime(look()),
    async stop() {
      clearInterval(timer);
      await door.stop();
      await admin.disconnect();
    },
  };
}
