import type { IncomingMessage } from 'node:http';
import { expect, test } from 'vitest';
import { addressOf, keptPath } from './request-trace.ts';

const TOKEN = 'A1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q7r8S9t0-_x';

test.each([
  [`/sign-in/${TOKEN}`, '/sign-in/[token]', '/sign-in/[token]'],
  [`//sign-in/${TOKEN}`, '', '//sign-in/[token]'],
  [`/x?back=/sign-in/${TOKEN}`, '', '/x'],
  [`/funnel?back=/sign-in/${TOKEN}`, '/funnel', '/funnel?back=/sign-in/[token]'],
  [`/funnel?back=%2Fsign-in%2F${TOKEN.replace('A', '%41')}`, '/funnel', '/funnel?back=/sign-in/[token]'],
  ['/units/czj?quarter=2025Q2', '/units/[unit]', '/units/czj?quarter=2025Q2'],
  ['/bad%', '', '/bad%'],
])('%s is kept without what could be a token', (url, route, kept) => {
  expect(keptPath(url, route)).toBe(kept);
});

test('a long address is cut, one without a route more', () => {
  const long = `/${'a/'.repeat(8_000)}`;
  expect(keptPath(long, '/funnel')).toHaveLength(512);
  expect(keptPath(long, '')).toHaveLength(128);
});

test('the address is that of the peer, and what a proxy adds only where it is one', () => {
  const request = (forwarded?: string) =>
    ({
      socket: { remoteAddress: '127.0.0.1' },
      headers: { 'x-forwarded-for': forwarded },
    }) as unknown as IncomingMessage;
  expect(addressOf(request())).toBe('127.0.0.1');
  expect(addressOf(request('6.6.6.6, 10.1.2.3'))).toBe('10.1.2.3 by 127.0.0.1');
  expect(addressOf(request('<script>'))).toBe('127.0.0.1');
});
