/** docker-compose.yml as far as it can be judged without a Docker daemon; `docker compose config` too where it exists. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readEnvironment } from '@hengjian/warehouse';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { parseParts } from '../parts.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

interface Service {
  image: string;
  command?: string[];
  restart: string;
  environment: Record<string, string | number>;
  depends_on?: Record<string, { condition: string }>;
  healthcheck: { test?: string[]; disable?: boolean };
  volumes?: string[];
  ports?: string[];
  deploy: { resources: { limits: { memory: string } } };
  logging: object;
}

const text = readFileSync(join(root, 'docker-compose.yml'), 'utf8');
const file = parse(text, { merge: true }) as { services: Record<string, Service>; volumes: Record<string, unknown> };
const services = Object.entries(file.services);
const ours = services.filter(([, { image }]) => image === 'hengjian');

test('every service has an image, a restart policy, a health check, a memory limit and bounded logs', () => {
  for (const [name, service] of services) {
    expect(service.image, name).toMatch(/^hengjian$|:[\d.]+$/);
    expect(service.restart, name).toBeDefined();
    expect(service.healthcheck.test ?? service.healthcheck.disable, name).toBeTruthy();
    expect(service.deploy.resources.limits.memory, name).toMatch(/^\d+[gm]$/);
    expect(service.logging, name).toMatchObject({ options: { 'max-size': expect.any(String) } });
  }
});

test('names of services and volumes exist, mounted files are in the repository', () => {
  for (const [name, service] of services) {
    for (const other of Object.keys(service.depends_on ?? {})) expect(file.services, name).toHaveProperty([other]);
    for (const volume of service.volumes ?? []) {
      const [from] = volume.split(':') as [string];
      if (from.startsWith('.')) expect(existsSync(join(root, from)), volume).toBe(true);
      else expect(file.volumes, volume).toHaveProperty([from]);
    }
  }
});

test('together the services are all parts, with an environment that the product takes', () => {
  const parts = ours.flatMap(([, { command }]) => (command?.[0] === 'up' ? parseParts(command[2]!) : []));
  expect(parts.sort()).toEqual(['dashboard', 'ingest', 'scheduler', 'worker']);
  for (const [, { environment }] of ours) {
    const filled = Object.fromEntries(
      Object.entries(environment).map(([name, value]) => [
        name,
        String(value).replace(/\$\{\w+(?::-([^}]*)|:\?[^}]*)\}/g, (_, fallback) => fallback ?? 'secret'),
      ]),
    );
    const read = readEnvironment(filled);
    expect(read).toMatchObject({ kafkaBrokers: ['kafka:9092'], listenHost: '0.0.0.0', workerPort: 9464 });
    expect(read.clickhouseUrl).toBe('http://hengjian:secret@clickhouse:8123/hengjian');
  }
});

test('nothing is published beyond this machine, and no password is written down', () => {
  for (const [name, { ports = [] }] of services) for (const port of ports) expect(port, name).toMatch(/^127\.0\.0\.1:/);
  expect(text).not.toMatch(/PASSWORD: (?!\$\{)/);
});

test('the image installs every room before the sources are copied', () => {
  const dockerfile = readFileSync(join(root, 'Dockerfile'), 'utf8');
  const { workspaces } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { workspaces: string[] };
  for (const room of workspaces) expect(dockerfile).toContain(`COPY ${room}/package.json ${room}/\n`);
});

test('docker compose takes the file, where the command exists', () => {
  const { status, stderr } = spawnSync('docker', ['compose', 'version'], { encoding: 'utf8' });
  if (status !== 0) return console.log(`docker compose is not on this machine (${stderr?.trim().split('\n')[0]})`);
  const config = spawnSync('docker', ['compose', '-f', join(root, 'docker-compose.yml'), 'config', '--quiet'], {
    encoding: 'utf8',
    env: { ...process.env, CLICKHOUSE_PASSWORD: 'secret' },
  });
  expect(config.stderr).toBe('');
  expect(config.status).toBe(0);
});
