/** docker-compose.yml and the alert rules, as far as they can be judged without a Docker daemon and a Prometheus server. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { exposition } from '@hengjian/ingest/metrics/exposition.ts';
import { IngestMetrics } from '@hengjian/ingest/metrics/ingest-metrics.ts';
import { workerMetrics } from '@hengjian/ingest/stream/worker/worker-metrics.ts';
import { readEnvironment } from '@hengjian/warehouse';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { parseParts } from '../up/parts.ts';
import { StreamMetrics } from '../watch/stream-metrics.ts';
import { checkingCommands } from './checking-commands.ts';

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
  deploy: { resources: { limits: { cpus: string; memory: string } } };
  logging: object;
}

/** Tables that a server of this version may fill by itself. */
const SERVER_LOGS =
  'query_log part_log backup_log trace_log text_log metric_log asynchronous_metric_log query_metric_log latency_log error_log processors_profile_log query_thread_log query_views_log asynchronous_insert_log opentelemetry_span_log background_schedule_pool_log blob_storage_log session_log zookeeper_log aggregated_zookeeper_log'.split(
    ' ',
  );

const text = readFileSync(join(root, 'docker-compose.yml'), 'utf8');
const file = parse(text, { merge: true }) as { services: Record<string, Service>; volumes: Record<string, unknown> };
const services = Object.entries(file.services);
const ours = services.filter(([, { image }]) => image === 'hengjian');

test('every service has an image, a restart policy, a health check, limits of memory and cores, and bounded logs', () => {
  for (const [name, service] of services) {
    expect(service.image, name).toMatch(/^hengjian$|:[\d.]+$/);
    expect(service.restart, name).toBeDefined();
    expect(service.healthcheck.test ?? service.healthcheck.disable, name).toBeTruthy();
    expect(service.deploy.resources.limits.memory, name).toMatch(/^\d+[gm]$/);
    // Quoted: compose takes no number here.
    expect(service.deploy.resources.limits.cpus, name).toMatch(/^(\d+(\.\d+)?|\$\{[A-Z]+_CPUS:-\d+\})$/);
    expect(service.logging, name).toMatchObject({ options: { 'max-size': expect.any(String) } });
  }
});

test('the health check of the broker fits beside the broker within its memory', () => {
  const { environment, healthcheck, deploy } = file.services.kafka!;
  const most = (options: unknown) => /-Xmx(\d+[mg])\b/.exec(String(options))?.[1] ?? '';
  const mebibytes = (size: string) => Number.parseInt(size, 10) * (size.endsWith('g') ? 1024 : 1);
  const [broker, check] = [most(environment.KAFKA_HEAP_OPTS), most(healthcheck.test?.join(' '))].map(mebibytes);
  expect(check).toBeLessThanOrEqual(64);
  // A JVM takes some hundred MiB beside its heap, the page cache of the log more.
  expect(broker! + check! + 512).toBeLessThan(mebibytes(deploy.resources.limits.memory));
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
    expect(read).toMatchObject({
      kafkaBrokers: ['kafka:9092'],
      listenHost: '0.0.0.0',
      workerPort: 9464,
      schedulerPort: 9465,
    });
    expect(read.clickhouseUrl).toBe('http://hengjian:secret@clickhouse:8123/hengjian');
  }
});

test('every service that serves /health/ready is asked at the port that it is given', () => {
  for (const [name, { command, environment, healthcheck }] of ours) {
    if (command?.[0] !== 'up') continue;
    const port = {
      ingest: '8080',
      dashboard: '3000',
      worker: environment.WORKER_PORT,
      scheduler: environment.SCHEDULER_PORT,
    }[command[2]!];
    expect(healthcheck.test?.join(' '), name).toContain(`http://127.0.0.1:${port}/health/ready`);
  }
});

/** An alerting rule as Prometheus takes it (prometheus.io/docs/prometheus/latest/configuration/alerting_rules). */
interface AlertRule {
  alert: string;
  expr: string;
  for: string;
  labels: { severity: string };
  annotations: { summary: string; action: string };
}

/** The metrics of edge, worker and scheduler as Prometheus text, after somebody else has asked for OpenMetrics. */
async function servedMetrics(): Promise<string> {
  const served: string[] = [];
  const edge = new IngestMetrics();
  const { registry: worker } = workerMetrics();
  const { registry: scheduler } = new StreamMetrics();
  for (const accept of ['application/openmetrics-text', undefined]) {
    served.length = 0;
    for (const part of [edge.exposition(accept), exposition(worker, accept), exposition(scheduler, accept)])
      served.push((await part).text);
  }
  return served.join('\n');
}

const typeLine = (metric: string) => `# TYPE ${metric.replace(/_(bucket|sum|count)$/, '')} `;

test('watching.md names metrics that the product serves', async () => {
  const served = await servedMetrics();
  const named = readFileSync(join(root, 'docs/operate/watching.md'), 'utf8').match(/\bhengjian_\w+/g)!;
  expect(named.length).toBeGreaterThan(5);
  for (const name of named) expect(served).toContain(typeLine(name));
});

test('alert rules name metrics that the product serves, and say what to do', async () => {
  const { groups } = parse(readFileSync(join(root, 'operations/compose/alerts.yml'), 'utf8')) as {
    groups: { name: string; rules: AlertRule[] }[];
  };
  const served = await servedMetrics();
  const rules = groups.flatMap((group) => group.rules);
  expect(rules.length).toBeGreaterThan(5);
  expect(new Set(rules.map(({ alert }) => alert)).size).toBe(rules.length);
  for (const rule of rules) {
    expect(Object.keys(rule).sort(), rule.alert).toEqual(['alert', 'annotations', 'expr', 'for', 'labels']);
    expect(rule.for).toMatch(/^\d+m$/);
    expect(rule.labels.severity).toMatch(/^(warning|critical)$/);
    expect(rule.annotations.summary && rule.annotations.action, rule.alert).toBeTruthy();
    for (const [name] of `${rule.expr} ${rule.annotations.action}`.matchAll(/hengjian_\w+/g))
      expect(served, rule.alert).toContain(typeLine(name));
    for (const [, kind] of rule.expr.matchAll(/alert="(\w+)"/g))
      expect(readFileSync(join(root, 'observe/alerts/alert.ts'), 'utf8')).toContain(`'${kind}'`);
  }
});

const { compose, promtool } = checkingCommands();

test.skipIf(promtool.missing)(`promtool takes the rules${promtool.missing}`, () => {
  const { status, stdout, stderr } = promtool.run(['check', 'rules', join(root, 'operations/compose/alerts.yml')]);
  expect(status, stdout + stderr).toBe(0);
  expect(stdout).toMatch(/SUCCESS: \d+ rules found/);
});

test.skipIf(promtool.missing)(`promtool refuses rules that are none${promtool.missing}`, () => {
  const directory = mkdtempSync(join(tmpdir(), 'hengjian-rules-'));
  try {
    const file = join(directory, 'alerts.yml');
    const rules = readFileSync(join(root, 'operations/compose/alerts.yml'), 'utf8');
    writeFileSync(file, rules.replace(/expr: .+/, 'expr: sum(('));
    expect(promtool.run(['check', 'rules', file]).status).not.toBe(0);
  } finally {
    rmSync(directory, { recursive: true, force: true });
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

test.skipIf(compose.missing)(`${compose.name} takes the file${compose.missing}`, () => {
  const config = (env: NodeJS.ProcessEnv) => compose.run(['-f', join(root, 'docker-compose.yml'), 'config'], env);
  const taken = config({ CLICKHOUSE_PASSWORD: 'secret' });
  expect([taken.status, taken.stderr]).toEqual([0, '']);
  expect(Object.keys((parse(taken.stdout) as typeof file).services).sort()).toEqual(
    services.map(([name]) => name).sort(),
  );
  const refused = config({ CLICKHOUSE_PASSWORD: '' });
  expect([refused.status === 0, refused.stderr]).toEqual([false, expect.stringContaining('put CLICKHOUSE_PASSWORD=')]);
});

test('disk filled by old topic data and system logs: the services bound theirs in time and bytes', () => {
  const { environment } = file.services.kafka!;
  expect(Number(environment.KAFKA_LOG_RETENTION_HOURS)).toBeGreaterThanOrEqual(7 * 24);
  expect(Number(environment.KAFKA_LOG_RETENTION_BYTES)).toBeGreaterThan(0);
  expect(Number(environment.KAFKA_LOG_SEGMENT_BYTES)).toBeLessThan(Number(environment.KAFKA_LOG_RETENTION_BYTES));
  const settings = readFileSync(join(root, 'operations/compose/clickhouse.xml'), 'utf8');
  for (const name of SERVER_LOGS)
    expect(settings, name).toMatch(
      new RegExp(`<${name} remove="1"/>|<${name}>\\s*<ttl>event_date \\+ INTERVAL \\d+ DAY</ttl>`),
    );
});
