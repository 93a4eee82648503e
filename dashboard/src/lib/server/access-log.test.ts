import type { Warehouse } from '@hengjian/warehouse';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { AccessLog, type AccessRow, STRANGERS_A_MINUTE } from './access-log.ts';

let stored: AccessRow[];
let warned: { fields: object; message: string }[];
let log: AccessLog;
beforeEach(() => {
  vi.useFakeTimers();
  stored = [];
  warned = [];
  const warehouse = { insert: async (_: string, rows: AccessRow[]) => void stored.push(...rows) };
  const logger = {
    info() {},
    error() {},
    warn: (fields: object, message: string) => void warned.push({ fields, message }),
  };
  log = new AccessLog(warehouse as unknown as Warehouse, logger);
});
afterEach(async () => {
  await log.stop();
  vi.useRealTimers();
});

const row = (account: string, address = '10.0.0.9'): AccessRow => ({
  at: '2026-01-01T00:00:00.000Z',
  request_id: '00000000-0000-0000-0000-000000000000',
  account,
  address,
  method: 'GET',
  route: '',
  path: '/x',
  status: 404,
  duration_ms: 1,
});

test('of requests of nobody as many are kept as the rate allows, the rest is told as a number; accounts are kept all', async () => {
  for (let n = 0; n < 1_000; n += 1) log.record(row(''));
  for (let n = 0; n < 1_000; n += 1) log.record(row('office'));
  await log.flush();
  expect(stored.filter(({ account }) => account === '')).toHaveLength(300);
  expect(stored.filter(({ account }) => account === 'office')).toHaveLength(1_000);
  vi.advanceTimersByTime(61_000);
  log.record(row(''));
  await log.flush();
  expect(stored.filter(({ account }) => account === '')).toHaveLength(301);
  expect(warned).toEqual([
    { fields: { requests: 700, address: '10.0.0.9' }, message: 'requests of nobody not kept one by one' },
  ]);
});

test('who knocks loudest hides nobody else; an IPv6 network is one, and all together are bounded', async () => {
  for (let n = 0; n < 10_000; n += 1) log.record(row(''));
  log.record(row('', '10.0.0.10'));
  for (let n = 0; n < 1_000; n += 1) log.record(row('', `2001:db8:1:2::${n.toString(16)}`));
  log.record(row('', '2001:db8:1:3::1'));
  await log.flush();
  const from = (address: string) => stored.filter((one) => one.address.startsWith(address)).length;
  expect([from('10.0.0.9'), from('10.0.0.10'), from('2001:db8:1:2:'), from('2001:db8:1:3:')]).toEqual([300, 1, 300, 1]);
  for (let n = 0; n < 20_000; n += 1) log.record(row('', `10.1.${n >> 8}.${n & 255}`));
  await log.flush();
  expect(stored).toHaveLength(STRANGERS_A_MINUTE.all);
});

test('with the warehouse away rows wait up to a bound, the oldest go to the text log', async () => {
  const away = { insert: () => Promise.reject(new Error('away')) } as unknown as Warehouse;
  const logger = {
    info() {},
    error() {},
    warn: (fields: object, message: string) => void warned.push({ fields, message }),
  };
  const other = new AccessLog(away, logger);
  for (let n = 0; n < 10_005; n += 1) other.record(row('office'));
  await other.stop();
  expect(warned.filter(({ message }) => message === 'access row not stored')).toHaveLength(5);
});
