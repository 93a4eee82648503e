import { Writable } from 'node:stream';
import { readEnvironment } from '@hengjian/warehouse';
import { type TemporaryWarehouse, temporaryWarehouse } from '@hengjian/warehouse/testing.ts';
import { Command } from 'commander';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { registerAccountCommands } from './commands.ts';
import { claimSignInLink } from './sign-in-link.ts';

let temporary: TemporaryWarehouse;
beforeAll(async () => {
  temporary = await temporaryWarehouse();
});
afterAll(() => temporary.close());

/** Runs a command as the front door does and gives what it printed. */
async function run(...args: string[]): Promise<{ stdout: string; stderr: string }> {
  const printed = { stdout: '', stderr: '' };
  const into = (stream: 'stdout' | 'stderr') =>
    new Writable({
      write(chunk, _, done) {
        printed[stream] += chunk;
        done();
      },
    });
  const program = new Command().exitOverride();
  registerAccountCommands(program, {
    environment: readEnvironment({ HENGJIAN_DATA_DIR: temporary.dataDir, DASHBOARD_PORT: '3210' }),
    warehouse: async () => temporary.warehouse,
    writer: () => Promise.reject(new Error('no events are written here')),
    stdout: into('stdout'),
    stderr: into('stderr'),
  });
  await program.parseAsync(['user', ...args], { from: 'user' });
  return printed;
}

const tokenIn = (text: string) => /sign-in\/([\w-]{43})\n$/.exec(text)?.[1] ?? '';

test('user add prints a link that signs the account in', async () => {
  const { stdout } = await run('add', '王五', '--role', 'unit', '--unit', 'scjg');
  expect(stdout).toMatch(/^http:\/\/127\.0\.0\.1:3210\/sign-in\//);
  expect(await claimSignInLink(temporary.warehouse, tokenIn(stdout))).toEqual({ state: 'open', account: '王五' });
  expect(JSON.parse((await run('list', '--json')).stdout)).toEqual([
    { name: '王五', roles: ['unit'], units: ['scjg'], areas: [], disabled: false },
  ]);
});

test.each([
  [['add', '王五', '--role', 'office'], /exists already/],
  [['add', 'x y', '--role', 'office'], /no account name/],
  [['add', 'x', '--role', 'king'], /"king" is no role; the roles are office, leader/],
  [['add', 'x'], /Give the account a role/],
  [['add', 'x', '--role', 'unit'], /needs its unit/],
  [['add', 'x', '--role', 'unit', '--unit', 'nosuchunit'], /"nosuchunit" is no unit .* its units are zzb/],
  [['link', 'nobody'], /There is no account "nobody"/],
  [['disable', 'nobody'], /There is no account "nobody"/],
])('user %j is refused in a sentence', async (args, message) => {
  await expect(run(...args)).rejects.toThrow(message);
});

test('a disabled account gets no link until it is enabled', async () => {
  await run('disable', '王五');
  await expect(run('link', '王五')).rejects.toThrow(/disabled/);
  await run('enable', '王五');
  expect(tokenIn((await run('link', '王五')).stdout)).toHaveLength(43);
});
