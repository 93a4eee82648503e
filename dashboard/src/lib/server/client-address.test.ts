import { expect, test } from 'vitest';
import { clientAddress } from './client-address.ts';

const from = (remoteAddress: string, forwarded?: string) => ({
  socket: { remoteAddress },
  headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded },
});

test.each([
  ['no proxy is configured: the header is anybody’s', false, '127.0.0.1', '203.0.113.9', '127.0.0.1'],
  ['behind a proxy of this machine', true, '127.0.0.1', '203.0.113.9', '203.0.113.9'],
  [
    'the nearest proxy’s word, not what the browser put before it',
    true,
    '10.0.0.2',
    '1.2.3.4, 203.0.113.9',
    '203.0.113.9',
  ],
  ['a stranger who comes past the proxy', true, '198.51.100.7', '203.0.113.9', '198.51.100.7'],
  ['nonsense', true, '127.0.0.1', 'unknown', '127.0.0.1'],
  ['IPv4 in IPv6 form', true, '::ffff:127.0.0.1', '203.0.113.9', '203.0.113.9'],
  ['one network of IPv6', false, '2001:db8:0:1:aaaa::1', undefined, '2001:db8:0:1::/64'],
  ['the same network, written otherwise', false, '2001:0db8::1:bbbb:0:0:2', undefined, '2001:db8:0:1::/64'],
])('%s', (_, hasProxy, peer, forwarded, expected) => {
  expect(clientAddress(from(peer, forwarded), hasProxy)).toBe(expected);
});
