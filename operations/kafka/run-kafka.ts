/** `npm run kafka [-- --port N]`: a real broker for a developer's machine, with the product's topic; Ctrl-C stops it cleanly. */
import { join } from 'node:path';
import { ensureTopic } from '@hengjian/ingest/stream/log/kafka-client.ts';
import { CommandError, readEnvironment } from '@hengjian/warehouse';
import { Kafka, logLevel } from 'kafkajs';
import { failure } from '../failure.ts';
import { chooseKafkaPorts } from './choose-kafka-ports.ts';
import { startBroker } from './start-broker.ts';

try {
  const environment = readEnvironment();
  const say = (message: string) => void process.stdout.write(`· ${message}\n`);
  const directory = join(environment.dataDir, 'kafka');
  const ports = await chooseKafkaPorts(process.argv.slice(2), process.env);
  const broker = await startBroker({ directory, ...ports, onStatus: say });
  // Before anything says that Ctrl-C stops it: a signal that comes with that line must find somebody listening.
  const asked = new Promise<'asked'>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve('asked'));
  });
  const partitions = await createTopic(broker.brokers, environment.kafkaTopic);
  say(
    `Apache Kafka on ${broker.brokers}, topic ${environment.kafkaTopic} (${partitions} partitions), data in ${directory}`,
  );
  say(`start the product on it: KAFKA_BROKERS=${broker.brokers} npm start`);
  say('Ctrl-C stops the broker');
  if ((await Promise.race([asked, broker.died])) !== 'asked')
    throw new CommandError(`Kafka ended by itself; ${join(directory, 'broker.log')} says why.`);
  say('stopping …');
  await broker.stop();
} catch (error) {
  process.exitCode = failure(error);
}

/** @returns the number of its partitions */
async function createTopic(brokers: string, topic: string): Promise<number> {
  const admin = new Kafka({ clientId: 'hengjian-kafka', brokers: [brokers], logLevel: logLevel.NOTHING }).admin();
  await admin.connect();
  const partitions = await ensureTopic(admin, topic, { warn() {} });
  await admin.disconnect();
  return partitions;
}
