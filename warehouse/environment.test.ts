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
])('%s=%s is refused by name', (name, value) => {
  expect(() => readEnvironment({ [name]: value })).toThrow(EnvironmentError);
  expect(() => readEnvironment({ [name]: value })).toThrow(name);
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
