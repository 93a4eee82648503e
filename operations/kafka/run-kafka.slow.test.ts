/** The local broker listens where it is told to, and says what to set. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { freeRow } from '../testing/free-row.ts';
import { chooseKafkaPorts } from './choose-kafka-ports.ts';
import { hasJava, INSTALL_JAVA } from './kafka-jars.ts';

const entry = fileURLToPath(new URL('./run-kafka.ts', import.meta.url));
const dataDir = mkdtempSync(join(tmpdir(), `hengjian 衡鉴 & 'run', "kafka" #1 `));
const running: ChildProcess[] = [];
afterAll(() => {
  for (const child of running) if (child.exitCode === null) child.kill('SIGKILL');
  rmSync(dataDir, { recursive: true, force: true });
});

test('--port goes before KAFKA_PORT, the controller takes the next port or any', async () => {
  const first = await freeRow(2);
  expect(await chooseKafkaPorts([], { KAFKA_PORT: String(first) })).toEqual({ port: first, controllerPort: first + 1 });
  const option = ['--port', String(first)];
  expect(await chooseKafkaPorts(option, { KAFKA_PORT: '1' })).toEqual({ port: first, controllerPort: first + 1 });
  const server = createServer().listen(first + 1, '127.0.0.1');
  await once(server, 'listening');
  try {
    const { port, controllerPort } = await chooseKafkaPorts(option, {});
    expect(port).toBe(first);
    expect([first, first + 1]).not.toContain(controllerPort);
  } finally {
    server.close();
  }
  expect((await chooseKafkaPorts(['--port', '0'], {})).port).toBeGreaterThan(0);
});

test('what is no port, is taken or unknown is refused with the way out', async () => {
  await expect(chooseKafkaPorts(['--port', 'x'], {})).rejects.toThrow('--port: a port number from 0 to 65535');
  await expect(chooseKafkaPorts([], { KAFKA_PORT: '65536' })).rejects.toThrow('KAFKA_PORT: a port number');
  await expect(chooseKafkaPorts(['--prot', '1'], {})).rejects.toThrow('takes --port N and nothing else');
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await expect(chooseKafkaPorts(['--port', `${port}`], {})).rejects.toThrow(/is taken.*npm run kafka -- --port N/);
  server.close();
});

/** Until it says that it is ready; then stopped as a person stops it. */
async function run(args: string[], env: NodeJS.ProcessEnv): Promise<string> {
  const child = spawn(process.execPath, ['--disable-warning=TimeoutNegativeWarning', entry, ...args], {
    env: { ...process.env, HENGJIAN_DATA_DIR: dataDir, KAFKA_TOPIC: 'test.run', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.push(child);
  let output = '';
  let asked = false;
  for (const stream of [child.stdout!, child.stderr!])
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      // A second one would end it at once.
      if (!asked && output.includes('Ctrl-C')) asked = child.kill('SIGINT');
    });
  const [code] = (await once(child, 'close')) as [number | null];
  return `${output}exit code ${code}`;
}

test.skipIf(!hasJava())(
  `the broker is where it was told to be, on the same data again elsewhere${hasJava() ? '' : ` (skipped: ${INSTALL_JAVA})`}`,
  { timeout: 400_000 },
  async () => {
    const [first, second] = [await freeRow(2), await freeRow(2)];
    for (const [port, args, env] of [
      [first, ['--port', `${first}`], {}],
      [second, [], { KAFKA_PORT: `${second}` }],
    ] as const) {
      const output = await run([...args], env);
      expect(output).toContain(`Apache Kafka on 127.0.0.1:${port}, topic test.run (8 partitions)`);
      expect(output).toContain(`KAFKA_BROKERS=127.0.0.1:${port} npm start`);
      expect(output).toMatch(/exit code 0$/);
    }
  },
);
