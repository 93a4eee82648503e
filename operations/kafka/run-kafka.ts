/** `npm run kafka`: a real broker for a developer's machine, with the product's topic; Ctrl-C stops it cleanly. */
import { join } from 'node:path';
import { CommandError, readEnvironment } from '@hengjian/warehouse';
import { Kafka, logLevel } from 'kafkajs';
import { failure } from '../failure.ts';
import { startBroker } from './start-broker.ts';

const PORT = 9092;
const CONTROLLER_PORT = 9093;
const PARTITIONS = 8;

try {
  const environment = readEnvironment();
  const say = (message: string) => void process.stdout.write(`· ${message}\n`);
  const directory = join(environment.dataDir, 'kafka');
  const broker = await startBroker({ directory, port: PORT, controllerPort: CONTROLLER_PORT, onStatus: say });
  await createTopic(broker.brokers, environment.kafkaTopic);
  say(
    `Apache Kafka on ${broker.brokers}, topic ${environment.kafkaTopic} (${PARTITIONS} partitions), data in ${directory}`,
  );
  say(`start the product on it: KAFKA_BROKERS=${broker.brokers} npm start`);
  say('Ctrl-C stops the broker');
  const asked = new Promise<'asked'>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve('asked'));
  });
  if ((await Promise.race([asked, broker.died])) !== 'asked')
    throw new CommandError(`Kafka ended by itself; ${join(directory, 'broker.log')} says why.`);
  say('stopping …');
  await broker.stop();
} catch (error) {
  process.exitCode = failure(error);
}

async function createTopic(brokers: string, topic: string): Promise<void> {
  const admin = new Kafka({ clientId: 'hengjian-kafka', brokers: [brokers], logLevel: logLevel.NOTHING }).admin();
  await admin.connect();
  if (!(await admin.listTopics()).includes(topic))
    await admin.createTopics({
      topics: [{ topic, numPartitions: PARTITIONS, replicationFactor: 1 }],
      waitForLeaders: true,
    });
  await admin.disconnect();
}
