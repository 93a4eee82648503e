/**
 * The process of the broker that the tests of a run share: writes its address into the directory, and ends when that
 * is gone or the run is. Arguments: directory, process id of the run.
 */
import { existsSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { temporaryBroker } from './temporary-broker.ts';

const [directory, run] = process.argv.slice(2) as [string, string];
/** Whole at once: whoever waits for the file reads it as soon as it is there. */
const tell = (name: string, text: string) => {
  writeFileSync(join(directory, `${name}.new`), text);
  renameSync(join(directory, `${name}.new`), join(directory, name));
};

const broker = await temporaryBroker().catch((error: unknown) => tell('failed', `${error}`));
if (broker) {
  tell('brokers', broker.brokers);
  while (existsSync(directory) && runs(Number(run))) await pause(500);
  await broker.close();
}
process.exit(0);

function runs(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
