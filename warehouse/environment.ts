/** The one reading of the environment (contract §6). A wrong value is refused at start with its name and what it should be. */
import { resolve } from 'node:path';
import { type Static, Type } from 'typebox';
import { Value } from 'typebox/value';
import { type Network, readNetworks } from './networks.ts';
import { OIDC_VARIABLES, type OidcSettings, oidcSettings, wrongOidcVariables } from './oidc-environment.ts';

const Port = (name: string, fallback: number) =>
  Type.Integer({
    minimum: 0,
    maximum: 65535,
    default: fallback,
    description: `${name}: a port number from 0 to 65535 (0: any free one)`,
  });

const EnvironmentSchema = Type.Object({
  HENGJIAN_DATA_DIR: Type.String({ minLength: 1, default: '.data', description: 'HENGJIAN_DATA_DIR: a directory' }),
  CLICKHOUSE_URL: Type.Optional(
    Type.String({
      // Each % begins an escape: names of databases are percent-encoded.
      pattern: '^https?://(?:[^%]|%[0-9A-Fa-f]{2})+$',
      description: 'CLICKHOUSE_URL: http(s)://[user:password@]host:port[/database]',
    }),
  ),
  KAFKA_BROKERS: Type.Optional(
    Type.String({
      pattern: '^[^\\s,:]+:\\d+(,[^\\s,:]+:\\d+)*$',
      description: 'KAFKA_BROKERS: host:port[,host:port…]',
    }),
  ),
  KAFKA_TOPIC: Type.String({
    pattern: '^[A-Za-z0-9._-]{1,249}$',
    default: 'supervision.events',
    description: 'KAFKA_TOPIC: 1–249 letters, digits, ".", "_" or "-"',
  }),
  INGEST_PORT: Port('INGEST_PORT', 8080),
  DASHBOARD_PORT: Port('DASHBOARD_PORT', 3000),
  PUBLIC_URL: Type.Optional(
    Type.String({
      pattern: '^https?://[^\\s/?#@\\\\]+(/(?!\\.{1,2}(/|$))[A-Za-z0-9._~-]+)*/?$',
      description:
        'PUBLIC_URL: origin and path under which people reach the dashboard, like https://jd.example/hengjian (no user, query or "#"; the path of letters, digits and . _ ~ -)',
    }),
  ),
  HENGJIAN_TRUSTED_PROXIES: Type.Optional(
    Type.String({
      description:
        'HENGJIAN_TRUSTED_PROXIES: addresses or networks of your own proxies, separated by commas, like 10.0.0.5,172.18.0.0/16',
    }),
  ),
  LISTEN_HOST: Type.String({
    pattern: '^[A-Za-z0-9.:-]{1,253}$',
    default: '127.0.0.1',
    description: 'LISTEN_HOST: the address to listen on (0.0.0.0 in a container; a proxy with TLS belongs in front)',
  }),
  WORKER_PORT: Port('WORKER_PORT', 0),
  SCHEDULER_PORT: Port('SCHEDULER_PORT', 0),
  WORKERS: Type.Integer({
    minimum: 0,
    maximum: 64,
    default: 1,
    description: 'WORKERS: a number of processes from 0 to 64',
  }),
  HENGJIAN_RULESET: Type.String({
    pattern: '^[a-z0-9][a-z0-9-]{0,63}( *, *[a-z0-9][a-z0-9-]{0,63})*$',
    default: 'nantong-etdz',
    description:
      'HENGJIAN_RULESET: ids of rule sets (small letters, digits, hyphens), separated by commas, the default first',
  }),
  ...OIDC_VARIABLES,
  LOG_LEVEL: Type.Union(
    (['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const).map((level) => Type.Literal(level)),
    { default: 'info', description: 'LOG_LEVEL: fatal, error, warn, info, debug, trace or silent' },
  ),
});

type Raw = Static<typeof EnvironmentSchema>;

/** Contract §6 as values. `dataDir` is absolute. */
export interface Environment {
  dataDir: string;
  clickhouseUrl: string | undefined;
  kafkaBrokers: string[];
  kafkaTopic: string;
  ingestPort: number;
  dashboardPort: number;
  /** Origin and path under which people reach the dashboard, without a slash at its end; undefined: where it listens. */
  publicUrl: string | undefined;
  /** Networks of proxies whose word counts for whom they ask. */
  trustedProxies: Network[];
  /** Loopback unless somebody decided otherwise. */
  listenHost: string;
  /** Health and metrics of a worker; `up` gives further workers of the same machine free ports after it. */
  workerPort: number;
  /** Health of the scheduler; metrics of sources, the log and alerts. */
  schedulerPort: number;
  workers: number;
  /** Ids separated by commas: those that are kept up to date, the default first. */
  ruleset: string;
  logLevel: string;
  /** Undefined: people sign in by one-time links only. */
  oidc: OidcSettings | undefined;
}

export class EnvironmentError extends Error {}

/** @throws EnvironmentError naming each wrong variable and what it should be; a value that may hold a password is not repeated. */
export function readEnvironment(env: NodeJS.ProcessEnv = process.env): Environment {
  const given: Record<string, unknown> = {};
  const properties = EnvironmentSchema.properties as Record<
    string,
    { type?: string; description?: string; default?: unknown }
  >;
  for (const [name, schema] of Object.entries(properties)) {
    const text = env[name];
    if (text === undefined || text === '') given[name] = schema.default;
    else given[name] = schema.type === 'integer' && /^\d+$/.test(text) ? Number(text) : text;
    if (given[name] === undefined) delete given[name];
  }
  const wrong = [
    ...new Set([...Value.Errors(EnvironmentSchema, given)].map((error) => error.instancePath.split('/')[1] ?? '')),
  ].filter(Boolean);
  if (wrong.length === 0 && given.PUBLIC_URL !== undefined && !URL.canParse(String(given.PUBLIC_URL)))
    wrong.push('PUBLIC_URL');
  const proxies = readNetworks(String(given.HENGJIAN_TRUSTED_PROXIES ?? ''));
  if (!proxies) wrong.push('HENGJIAN_TRUSTED_PROXIES');
  if (wrong.length > 0) {
    throw new EnvironmentError(
      wrong
        .map(
          (name) =>
            `${properties[name]?.description ?? name}${/URL|OIDC/.test(name) ? '' : `, not ${JSON.stringify(env[name])}`}`,
        )
        .join('; '),
    );
  }
  const raw = given as Raw;
  const incomplete = wrongOidcVariables(raw);
  if (incomplete) throw new EnvironmentError(incomplete);
  return {
    dataDir: resolve(raw.HENGJIAN_DATA_DIR),
    clickhouseUrl: raw.CLICKHOUSE_URL,
    kafkaBrokers: raw.KAFKA_BROKERS?.split(',') ?? [],
    kafkaTopic: raw.KAFKA_TOPIC,
    ingestPort: raw.INGEST_PORT,
    dashboardPort: raw.DASHBOARD_PORT,
    publicUrl: raw.PUBLIC_URL && new URL(raw.PUBLIC_URL).href.replace(/\/+$/, ''),
    trustedProxies: proxies ?? [],
    listenHost: raw.LISTEN_HOST,
    workerPort: raw.WORKER_PORT,
    schedulerPort: raw.SCHEDULER_PORT,
    workers: raw.WORKERS,
    ruleset: raw.HENGJIAN_RULESET,
    logLevel: raw.LOG_LEVEL,
    oidc: oidcSettings(raw),
  };
}
