/**
 * Before all tests of a run, for Vitest (`globalSetup`): one Kafka broker for the files that ask for a shared one
 * (operations/kafka/shared-broker.ts), started when the first asks. A Java machine a file took most of their time.
 */
import { existsSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { answerFile, SHARED_BROKER_DIRECTORY, wishFile } from '@hengjian/operations/kafka/shared-broker.ts';
import type { TemporaryBroker } from '@hengjian/operations/kafka/temporary-broker.ts';

/** @returns what Vitest calls after all tests */
export default function lendBroker(): () => Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'hengjian-shared-broker-'));
  process.env[SHARED_BROKER_DIRECTORY] = directory;
  let starting: Promise<TemporaryBroker | undefined> | undefined;
  const look = setInterval(() => {
    if (starting || !existsSync(wishFile(directory))) return;
    clearInterval(look);
    starting = start(directory);
  }, 100);
  look.unref();
  return async () => {
    clearInterval(look);
    await (await starting)?.close();
    rmSync(directory, { recursive: true, force: true });
  };
}

async function start(directory: string): Promise<TemporaryBroker | undefined> {
  try {
    const { temporaryBroker } = await import('@hengjian/operations/kafka/temporary-broker.ts');
    const broker = await temporaryBroker();
    answer(directory, { brokers: broker.brokers });
    return broker;
  } catch (error) {
    answer(directory, { failure: error instanceof Error ? error.message : String(error) });
    return undefined;
  }
}

/** Whole or not at all. */
function answer(directory: string, content: object): void {
  writeFileSync(join(directory, 'answer.new'), JSON.stringify(content));
  renameSync(join(directory, 'answer.new'), answerFile(directory));
}
