import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { readEnvironment } from '@hengjian/warehouse';
import { type TemporaryWarehouse, temporaryWarehouse } from '@hengjian/warehouse/testing.ts';
import { Command } from 'commander';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { registerAccountCommands } from './commands.ts';
import { findSession, startSession } from './session-store.ts';
import { claimSignInLink } from './sign-in-link.ts';

let temporary: TemporaryWarehouse;
beforeAll(async () => {
  temporary = await temporaryWarehouse();
});
afterAll(() => temporary.close());

/** Runs a command as the front door does and gives what it printed. */
async function run(...args: string[]): Promise<{ stdout: string; stderr: string }> {
  return runWith({}, ...args);
}

async function runWith(variables: NodeJS.ProcessEnv, ...args: string[]): Promise<{ stdout: string; stderr: string }> {
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
    environment: readEnvironment({ HENGJIAN_DATA_DIR: temporary.dataDir, DASHBOARD_PORT: '3210', ...variables }),
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

test('disable, enable, link and sign-out end the sessions there are', async () => {
  const { warehouse } = temporary;
  await run('add', '赵六', '--role', 'office');
  const session = () => startSession(warehouse, '赵六');
  const alive = async (token: string) => (await findSession(warehouse, token)) !== undefined;
  let token = await session();
  await run('disable', '赵六');
  await run('enable', '赵六');
  expect(await alive(token)).toBe(false);
  token = await session();
  const first = tokenIn((await run('link', '赵六')).stdout);
  expect(await alive(token)).toBe(false);
  // Of two links the later one counts.
  const second = tokenIn((await run('link', '赵六')).stdout);
  expect(await claimSignInLink(warehouse, first)).toEqual({ state: 'expired' });
  expect(await claimSignInLink(warehouse, second)).toEqual({ state: 'open', account: '赵六' });
  token = await session();
  expect((await run('sign-out', '赵六')).stdout).toMatch(/signed out everywhere/);
  expect(await alive(token)).toBe(false);
  await expect(run('sign-out', 'nobody')).rejects.toThrow(/no account/);
});

test('a name that looks like another one, and an area that nothing names, are refused', async () => {
  const add = (name: string, area: string) => run('add', name, '--role', 'office', '--area', area);
  const unknown = (area: string) => new RegExp(`"${area}" is no area that .*areas\\.csv .*The areas are 320671,`);
  // Before any event names an area.
  await expect(add('office2', '320671009')).rejects.toThrow(unknown('320671009'));
  // Of the product's map.
  await add('office2', '320671001');
  await expect(run('add', 'оffice2', '--role', 'auditor')).rejects.toThrow(/looks like the account "office2"/);
  await temporary.warehouse.command("INSERT INTO events (source, id, region) VALUES ('s', 'a', '320671008')");
  await expect(add('area', '320671009')).rejects.toThrow(unknown('320671009'));
  expect(tokenIn((await add('area', '320671008')).stdout)).toHaveLength(43);
  writeFileSync(join(temporary.dataDir, 'areas.csv'), 'code,zh,en,parent,from,to\n320671009,第九街道,,,,\n');
  expect(tokenIn((await add('area9', '320671009')).stdout)).toHaveLength(43);
});

test('a disabled account gets no link until it is enabled', async () => {
  await run('disable', '王五');
  await expect(run('link', '王五')).rejects.toThrow(/disabled/);
  await run('enable', '王五');
  expect(tokenIn((await run('link', '王五')).stdout)).toHaveLength(43);
});

test('links are those of PUBLIC_URL, its path included', async () => {
  await run('add', 'behind-proxy', '--role', 'office');
  const { stdout } = await runWith({ PUBLIC_URL: 'https://jd.example/hengjian/' }, 'link', 'behind-proxy');
  expect(stdout).toMatch(/^https:\/\/jd\.example\/hengjian\/sign-in\/[\w-]{43}\n$/);
});
