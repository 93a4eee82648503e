import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/** Below the ports that systems give to outgoing connections: one of those could take it while its server restarts. */
const [FIRST, END] = [20_000, 32_768];
const TRIES = 100;

/** A TCP port on 127.0.0.1 that is free at this moment. @throws if a hundred at random are taken */
export async function freePort(): Promise<number> {
  const [port] = await freePorts(1);
  return port!;
}

/** Several that differ. @throws as freePort */
export async function freePorts(count: number): Promise<number[]> {
  const ports = new Set<number>();
  for (let tries = 0; tries < TRIES * count && ports.size < count; tries += 1) {
    const port = randomInt(FIRST, END);
    if (!ports.has(port) && (await isFree(port))) ports.add(port);
  }
  if (ports.size < count) throw new Error(`no free port from ${FIRST} to ${END - 1} in ${TRIES * count} tries`);
  return [...ports];
}

/** Whether nobody listens on the port; what else hinders (another's address, a port of the system) whoever listens will say. */
export function isFree(port: number, host = '127.0.0.1'): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', ({ code }: NodeJS.ErrnoException) => resolve(code !== 'EADDRINUSE'));
    probe.listen(port, host, () => probe.close(() => resolve(true)));
  });
}
