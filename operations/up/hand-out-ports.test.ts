/** Parts of one `up` never meet on a port; who named one gets it or is told. */
import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { readEnvironment } from '@hengjian/warehouse';
import { afterEach, expect, test } from 'vitest';
import { freeRow } from '../testing/free-row.ts';
import { handOutPorts } from './hand-out-ports.ts';
import { listenError } from './listen-error.ts';
import type { PartName } from './parts.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});
async function take(port: number): Promise<void> {
  const server = createServer().listen(port, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');
}
const said: string[] = [];
afterEach(() => said.splice(0));
/** @param defaults variables that count as not named */
const handOut = (processes: PartName[], ports: Record<string, number>, defaults: string[] = []) => {
  const env = Object.fromEntries(Object.entries(ports).map(([name, port]) => [name, String(port)]));
  const named = Object.fromEntries(Object.entries(env).filter(([name]) => !defaults.includes(name)));
  return handOutPorts(processes, readEnvironment(env), { named, onStatus: (message) => said.push(message) });
};

test('further workers leave out the ports that other parts were given, named or not', async () => {
  const first = await freeRow(6);
  const processes: PartName[] = ['ingest', 'worker', 'worker', 'worker', 'scheduler', 'dashboard'];
  const ports = {
    WORKER_PORT: first,
    SCHEDULER_PORT: first + 1,
    INGEST_PORT: first + 2,
    DASHBOARD_PORT: first + 4,
  };
  const expected = [first + 2, first, first + 3, first + 5, first + 1, first + 4];
  expect(await handOut(processes, ports)).toEqual(expected);
  expect(await handOut(processes, ports, ['INGEST_PORT', 'DASHBOARD_PORT'])).toEqual(expected);
  expect(said).toEqual([]);
});

test('a default gives way to a named port, whichever part comes first', async () => {
  const first = await freeRow(2);
  const ports = { INGEST_PORT: first, SCHEDULER_PORT: first };
  expect(await handOut(['ingest', 'scheduler'], ports, ['INGEST_PORT'])).toEqual([first + 1, first]);
});

test('a default that another program has gives way; a named port is refused with part, port, variable and way out', async () => {
  const first = await freeRow(2);
  await take(first);
  expect(await handOut(['dashboard'], { DASHBOARD_PORT: first }, ['DASHBOARD_PORT'])).toEqual([first + 1]);
  await expect(handOut(['scheduler'], { SCHEDULER_PORT: first })).rejects.toThrow(
    `SCHEDULER_PORT=${first} is taken by another program, so the scheduler cannot listen there: stop that program, or set SCHEDULER_PORT to a free port (0: any).`,
  );
});

test('a worker beside those of another up takes the next port, and says so', async () => {
  const first = await freeRow(4);
  await take(first);
  await take(first + 2);
  expect(await handOut(['worker', 'worker'], { WORKER_PORT: first })).toEqual([first + 1, first + 3]);
  expect(said).toEqual([`WORKER_PORT=${first} is taken by another program; the worker listens on ${first + 1}`]);
});

test('one port named for two parts is refused, naming both', async () => {
  const port = await freeRow(1);
  await expect(handOut(['worker', 'scheduler'], { WORKER_PORT: port, SCHEDULER_PORT: port })).rejects.toThrow(
    `WORKER_PORT and SCHEDULER_PORT are both ${port}, but worker and scheduler need a port each`,
  );
  expect(await handOut(['scheduler'], { WORKER_PORT: port, SCHEDULER_PORT: port })).toEqual([port]);
});

test('0 is any free one for everybody; no port beyond the last is tried', async () => {
  const zero = { WORKER_PORT: 0, SCHEDULER_PORT: 0 };
  expect(await handOut(['worker', 'worker', 'scheduler'], zero)).toEqual([0, 0, 0]);
  await expect(handOut(['worker', 'worker'], { WORKER_PORT: 65_535 })).rejects.toThrow(/65535.*WORKER_PORT/);
});

test('what listening says later is told in the same words', async () => {
  const port = await freeRow(1);
  await take(port);
  const refusal = async (at: number, host: string) => {
    const [error] = (await once(createServer().listen(at, host), 'error')) as [Error];
    return listenError('worker', error).message;
  };
  expect(await refusal(port, '127.0.0.1')).toContain(`WORKER_PORT=${port} is taken by another program, so the worker`);
  expect(await refusal(port, '192.0.2.1')).toContain('LISTEN_HOST=192.0.2.1 is no address of this machine');
  const other = new Error('no broker answers');
  expect(listenError('worker', other)).toBe(other);
});
