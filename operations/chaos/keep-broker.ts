/**
 * A broker and its service manager in one process, for a disk of their own: started again whenever it ends, until
 * standard input closes. Arguments: directory, port, controller port. Prints a line each time it answers.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { startBroker } from '../kafka/start-broker.ts';

const [directory, port, controllerPort] = process.argv.slice(2);
const broker = await startBroker({ directory: directory!, port: Number(port), controllerPort: Number(controllerPort) });
console.log('answers');
let ending = false;
process.stdin.resume().once('close', async () => {
  ending = true;
  await broker.kill();
  process.exit(0);
});
for (let known = broker.pid(); ; ) {
  await pause(200);
  if (ending) break;
  if (broker.pid() !== undefined) continue;
  console.log(`ended (process ${known})`);
  await pause(1_000);
  await broker.start().then(
    () => console.log('answers'),
    () => console.log('does not start'),
  );
  known = broker.pid();
}
