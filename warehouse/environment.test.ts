import { expect, test } from 'vitest';
import { EnvironmentError, readEnvironment } from './environment.ts';

test('defaults are those of the contract', () => {
  expect(readEnvironment({})).toMatchObject({
    clickhouseUrl: undefined,
    kafkaBrokers: [],
    kafkaTopic: 'supervision.events',
    ingestPort: 8080,
    dashboardPort: 3000,
    workers: 1,
    ruleset: 'nantong-etdz',
    logLevel: 'info',
  });
  expect(readEnvironment({}).dataDir).toMatch(/\.data$/);
});

test('an empty variable counts as unset', () => {
  expect(readEnvironment({ INGEST_PORT: '', CLICKHOUSE_URL: '' })).toMatchObject({
    ingestPort: 8080,
    clickhouseUrl: undefined,
  });
});

test.each([
  ['INGEST_PORT', 'http'],
  ['INGEST_PORT', '65536'],
  ['DASHBOARD_PORT', '-1'],
  ['WORKERS', '1.5'],
  ['CLICKHOUSE_URL', 'localhost:8123'],
  ['KAFKA_BROKERS', 'broker'],
  ['KAFKA_TOPIC', 'a b'],
  ['HENGJIAN_RULESET', '../x'],
  ['LOG_LEVEL', 'loud'],
  ['PUBLIC_URL', 'jd.example'],
  ['PUBLIC_URL', 'https://user:geheim@jd.example'],
  ['PUBLIC_URL', 'https://jd.example/a b'],
  ['PUBLIC_URL', 'https://jd.example/../x'],
  ['PUBLIC_URL', 'https://jd.example/?x=1'],
  ['PUBLIC_URL', 'https://jd.example:99999'],
  ['HENGJIAN_TRUSTED_PROXIES', 'proxy.example'],
  ['HENGJIAN_TRUSTED_PROXIES', '10.0.0.0/33'],
  ['HENGJIAN_TRUSTED_PROXIES', '10.0.0.1/'],
  ['HENGJIAN_TRUSTED_PROXIES', '10.0.0.1,,10.0.0.2'],
  ['HENGJIAN_TRUSTED_PROXIES', '0.0.0.0/0'],
])('%s=%s is refused by name', (name, value) => {
  expect(() => readEnvironment({ [name]: value })).toThrow(EnvironmentError);
  expect(() => readEnvironment({ [name]: value })).toThrow(name);
});

test('proxies are addresses and networks of both kinds', () => {
  expect(readEnvironment({}).trustedProxies).toEqual([]);
  expect(readEnvironment({ HENGJIAN_TRUSTED_PROXIES: '10.0.0.5, 172.18.0.0/16,fd00::/64' }).trustedProxies).toEqual([
    { address: '10.0.0.5', bits: 32 },
    { address: '172.18.0.0', bits: 16 },
    { address: 'fd00::', bits: 64 },
  ]);
});

test('a password in a wrong URL is not repeated', () => {
  expect(() => readEnvironment({ CLICKHOUSE_URL: 'ftp://user:geheim@host' })).toThrow(/^(?!.*geheim)/);
});

test.each([
  ['https://jd.example', 'https://jd.example'],
  ['https://jd.example/', 'https://jd.example'],
  ['https://jd.example/hengjian/', 'https://jd.example/hengjian'],
  ['http://10.1.2.3:8443/a/b', 'http://10.1.2.3:8443/a/b'],
  ['https://监管.example/hj', 'https://监管.example/hj'],
])('the public address %s is taken as %s', (given, taken) => {
  expect(new URL(readEnvironment({ PUBLIC_URL: given }).publicUrl!).href).toBe(new URL(taken).href);
  expect(readEnvironment({ PUBLIC_URL: given }).publicUrl).not.toMatch(/\/$/);
});

const oidc = {
  HENGJIAN_OIDC_ISSUER: 'https://login.example/realms/office',
  HENGJIAN_OIDC_CLIENT_ID: 'hengjian',
  HENGJIAN_OIDC_CLIENT_SECRET: 'geheim',
};

test('signing in with an account of the organisation is off unless it is set; then the subject names the account', () => {
  expect(readEnvironment({}).oidc).toBeUndefined();
  expect(readEnvironment(oidc).oidc).toEqual({
    issuer: 'https://login.example/realms/office',
    clientId: 'hengjian',
    secret: { text: 'geheim' },
    claim: 'sub',
  });
  const inFile = { ...oidc, HENGJIAN_OIDC_CLIENT_SECRET: '', HENGJIAN_OIDC_CLIENT_SECRET_FILE: '/etc/secret' };
  expect(readEnvironment({ ...inFile, HENGJIAN_OIDC_CLAIM: 'preferred_username' }).oidc).toMatchObject({
    secret: { file: '/etc/secret' },
    claim: 'preferred_username',
  });
});

test.each([
  ['half of it', { HENGJIAN_OIDC_CLIENT_ID: undefined }, 'HENGJIAN_OIDC_CLIENT_ID'],
  ['no issuer', { HENGJIAN_OIDC_ISSUER: undefined }, 'HENGJIAN_OIDC_ISSUER'],
  ['no secret', { HENGJIAN_OIDC_CLIENT_SECRET: undefined }, 'HENGJIAN_OIDC_CLIENT_SECRET_FILE'],
  ['two secrets', { HENGJIAN_OIDC_CLIENT_SECRET_FILE: '/x' }, 'one of the two'],
  ['an issuer without TLS', { HENGJIAN_OIDC_ISSUER: 'http://login.example' }, 'HENGJIAN_OIDC_ISSUER'],
  ['an issuer with a query', { HENGJIAN_OIDC_ISSUER: 'https://login.example/?x=1' }, 'HENGJIAN_OIDC_ISSUER'],
  ['an issuer that is no address', { HENGJIAN_OIDC_ISSUER: 'https://login.example:99999' }, 'HENGJIAN_OIDC_ISSUER'],
  ['a secret of two lines', { HENGJIAN_OIDC_CLIENT_SECRET: 'geheim\ngeheim' }, 'HENGJIAN_OIDC_CLIENT_SECRET'],
  ['a claim that no account can be called by', { HENGJIAN_OIDC_CLAIM: 'email' }, 'HENGJIAN_OIDC_CLAIM'],
])('%s is refused by name, without the secret', (_, change, named) => {
  expect(() => readEnvironment({ ...oidc, ...change })).toThrow(EnvironmentError);
  expect(() => readEnvironment({ ...oidc, ...change })).toThrow(named);
  expect(() => readEnvironment({ ...oidc, ...change })).toThrow(/^(?!.*geheim)/s);
});
