import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, request as requestOf, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { caddyRules, exampleOf, nginxRules, startProxy } from './example-proxy.ts';

/** What stands behind: says what it was asked, or streams. */
let dashboard: Server;
let edge: Server;
const portOf = (server: Server) => (server.address() as AddressInfo).port;
const listening = async (name: string) => {
  const server = createServer(async (request, response) => {
    if (request.url?.endsWith('/updates')) {
      response.writeHead(200, { 'content-type': 'text/event-stream', 'x-accel-buffering': 'no' });
      return void response.write('event: refresh\n\n');
    }
    let bytes = 0;
    for await (const chunk of request) bytes += (chunk as Buffer).length;
    response.end(JSON.stringify({ name, url: request.url, headers: request.headers, bytes }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
};
beforeAll(async () => {
  [dashboard, edge] = [await listening('dashboard'), await listening('edge')];
});
afterAll(() => {
  for (const server of [dashboard, edge]) {
    server?.closeAllConnections();
    server?.close();
  }
});

interface Front {
  origin: string;
  close(): Promise<void>;
}

async function ownProxy(rules: ReturnType<typeof nginxRules>): Promise<Front> {
  const proxy = await startProxy(rules);
  proxy.lead(3000, portOf(dashboard));
  proxy.lead(8080, portOf(edge));
  return proxy;
}

const nginxCommand = ['nginx', '/usr/sbin/nginx'].find((command) => spawnSync(command, ['-v']).status === 0);
const missing = nginxCommand
  ? ''
  : ' (skipped: nginx is not on this machine: apt-get install -y nginx, or bash .ci/run, which takes only it)';

/** The example as it stands, but for its ports and the certificate, which only its readers have. */
async function realNginx(): Promise<Front> {
  const directory = mkdtempSync(join(tmpdir(), 'hengjian-nginx-'));
  const free = await listening('free');
  const port = portOf(free);
  await new Promise((resolve) => free.close(resolve));
  const site = exampleOf('nginx.conf')
    .replace('listen 443 ssl;', `listen 127.0.0.1:${port};`)
    .replace(/^ *ssl_.*$/gm, '')
    .replace('127.0.0.1:3000', `127.0.0.1:${portOf(dashboard)}`)
    .replace('127.0.0.1:8080', `127.0.0.1:${portOf(edge)}`);
  mkdirSync(join(directory, 'temp'));
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (kind) => `${kind}_temp_path ${directory}/temp/${kind};`,
  );
  const file = join(directory, 'nginx.conf');
  const main = `daemon off; master_process off; pid ${directory}/pid; error_log ${directory}/error.log; events {}`;
  writeFileSync(file, `${main}\nhttp { access_log off; ${temporary.join(' ')}\n${site}\n}`);
  const child = spawn(nginxCommand!, ['-c', file, '-p', directory, '-e', join(directory, 'error.log')], {
    stdio: 'inherit',
  });
  const origin = `http://127.0.0.1:${port}`;
  for (let tries = 0; tries < 100 && !(await fetch(origin).catch(() => undefined)); tries++) await pause(100);
  return {
    origin,
    async close() {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await ended;
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

describe.each([
  ['the small proxy with the nginx example', () => ownProxy(nginxRules(exampleOf('nginx.conf'))), ''],
  ['the small proxy with the Caddy example', () => ownProxy(caddyRules(exampleOf('Caddyfile'))), ''],
  [`nginx with its example${missing}`, realNginx, missing],
])('%s', (name, open, reason) => {
  let front: Front;
  beforeAll(async () => {
    if (!reason) front = await open();
  });
  afterAll(() => front?.close());
  const ask = async (path: string, init: RequestInit = {}) => (await fetch(front.origin + path, init)).json();

  test.skipIf(reason)('passes addresses on as they came, and says who asked', async () => {
    const path = '/hengjian/units/a%2Fb?quarter=2025Q2&x=%E4%B8%AD';
    const seen = await ask(path, { headers: { 'x-forwarded-for': '10.9.8.7', 'x-forwarded-proto': 'https' } });
    expect(seen).toMatchObject({ name: 'dashboard', url: path });
    expect(seen.headers['x-forwarded-for']).toBe('10.9.8.7, 127.0.0.1');
    expect(seen.headers['x-forwarded-proto']).toBe('http');
  });

  test.skipIf(reason)('brings events of up to 16 MiB to the edge', async () => {
    const body = Buffer.alloc(16 * 1024 * 1024 - 1);
    expect(await ask('/v1/events', { method: 'POST', body })).toMatchObject({
      name: 'edge',
      url: '/v1/events',
      bytes: body.length,
    });
  });

  test.skipIf(reason)('lets a stream through at once', async () => {
    const asked = requestOf(`${front.origin}/hengjian/api/v1/updates`);
    asked.end();
    const answer = await new Promise<IncomingMessage>((resolve) => asked.once('response', resolve));
    const first = await new Promise<Buffer>((resolve) => answer.once('data', resolve));
    expect(first.toString()).toContain('event: refresh');
    asked.destroy();
  });

  test.skipIf(reason)('leads from the path without its slash to the dashboard', async () => {
    const answer = await fetch(`${front.origin}/hengjian`, { redirect: 'manual' });
    // Caddy passes it on: the dashboard leads on by itself.
    if (name.includes('Caddy')) expect(await answer.json()).toMatchObject({ name: 'dashboard', url: '/hengjian' });
    else expect([answer.status, answer.headers.get('location')]).toEqual([301, expect.stringMatching(/\/hengjian\/$/)]);
  });
});
