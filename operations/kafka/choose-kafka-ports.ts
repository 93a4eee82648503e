import { parseArgs } from 'node:util';
import { CommandError } from '@hengjian/warehouse';
import { freePort, isFree } from '@hengjian/warehouse/engine/free-port.ts';
import type { BrokerPorts } from './broker-properties.ts';

const DEFAULT_PORT = 9092;

/**
 * Where the local broker listens: `--port N`, or else KAFKA_PORT, or else 9092; 0 is any free port. Its controller, to which
 * nobody else speaks, takes the next port if that is free, else any. KAFKA_PORT is not read with the product's environment:
 * Kubernetes sets a variable of that name, to something else, beside a service named kafka.
 *
 * @throws CommandError for another argument, for what is no port, and if the port is taken
 */
export async function chooseKafkaPorts(args: string[], env: NodeJS.ProcessEnv): Promise<BrokerPorts> {
  const option = portOption(args);
  const named = option ?? (env.KAFKA_PORT || undefined);
  const name = option === undefined ? 'KAFKA_PORT' : '--port';
  const asked = Number(named ?? DEFAULT_PORT);
  if (named !== undefined && !(/^\d+$/.test(named) && asked <= 65_535))
    throw new CommandError(`${name}: a port number from 0 to 65535 (0: any free one), not ${JSON.stringify(named)}`, 2);
  const port = asked === 0 ? await freePort() : asked;
  if (!(await isFree(port)))
    throw new CommandError(
      `Port ${port} is taken; does a Kafka broker run already? Use that one (KAFKA_BROKERS=127.0.0.1:${port} npm start), stop it first, or choose another port: npm run kafka -- --port N.`,
    );
  const next = port + 1;
  return { port, controllerPort: next <= 65_535 && (await isFree(next)) ? next : await freePort() };
}

function portOption(args: string[]): string | undefined {
  try {
    return parseArgs({ args, options: { port: { type: 'string' } } }).values.port;
  } catch (error) {
    throw new CommandError(`npm run kafka takes --port N and nothing else (${(error as Error).message}).`, 2);
  }
}
