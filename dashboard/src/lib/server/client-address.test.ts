import { expect, test } from 'vitest';
import { clientAddress, trustedProxies } from './client-address.ts';

const from = (remoteAddress: string, forwarded?: string) => ({
  socket: { remoteAddress },
  headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded },
});

const PUBLIC = 'https://jd.example';
const ours = [{ address: '10.0.0.0', bits: 24 }];

test.each([
  ['no proxy is configured: the header is anybody’s', undefined, [], '127.0.0.1', '203.0.113.9', '127.0.0.1'],
  ['behind a proxy of this machine', PUBLIC, [], '127.0.0.1', '203.0.113.9', '203.0.113.9'],
  [
    'the nearest proxy’s word, not what the browser put before it',
    PUBLIC,
    ours,
    '10.0.0.2',
    '1.2.3.4, 203.0.113.9',
    '203.0.113.9',
  ],
  ['a stranger who comes past the proxy', PUBLIC, ours, '198.51.100.7', '203.0.113.9', '198.51.100.7'],
  ['somebody in the same office is no proxy', PUBLIC, [], '192.168.1.7', '203.0.113.9', '192.168.1.7'],
  ['nor beside the network that is named', PUBLIC, ours, '10.0.1.2', '203.0.113.9', '10.0.1.2'],
  ['a proxy that is named, without a public address', undefined, ours, '10.0.0.2', '203.0.113.9', '203.0.113.9'],
  ['two proxies, one behind the other', PUBLIC, ours, '127.0.0.1', '1.2.3.4, 203.0.113.9, 10.0.0.7', '203.0.113.9'],
  ['nothing but proxies', PUBLIC, ours, '127.0.0.1', '10.0.0.7', '10.0.0.7'],
  ['nonsense', PUBLIC, [], '127.0.0.1', 'unknown', '127.0.0.1'],
  ['IPv4 in IPv6 form', PUBLIC, [], '::ffff:127.0.0.1', '203.0.113.9', '203.0.113.9'],
  ['a proxy by IPv6', PUBLIC, [{ address: 'fd00::', bits: 64 }], 'fd00::5', '203.0.113.9', '203.0.113.9'],
  ['one network of IPv6', undefined, [], '2001:db8:0:1:aaaa::1', undefined, '2001:db8:0:1::/64'],
  ['the same network, written otherwise', undefined, [], '2001:0db8::1:bbbb:0:0:2', undefined, '2001:db8:0:1::/64'],
] as const)('%s', (_, publicUrl, proxies, peer, forwarded, expected) => {
  const trusted = trustedProxies({ publicUrl, trustedProxies: [...proxies] });
  expect(clientAddress(from(peer, forwarded), trusted)).toBe(expected);
});
