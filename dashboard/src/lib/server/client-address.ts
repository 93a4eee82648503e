import type { IncomingMessage } from 'node:http';
import { BlockList, isIP } from 'node:net';

/** Where a proxy of one's own can be: this machine and private networks (RFC 1918, RFC 4193, link-local). */
const near = new BlockList();
near.addSubnet('127.0.0.0', 8);
near.addSubnet('10.0.0.0', 8);
near.addSubnet('172.16.0.0', 12);
near.addSubnet('192.168.0.0', 16);
near.addSubnet('169.254.0.0', 16);
near.addAddress('::1', 'ipv6');
near.addSubnet('fc00::', 7, 'ipv6');
near.addSubnet('fe80::', 10, 'ipv6');

/**
 * Whose tries are counted together: the peer; behind a proxy whom the nearest one names last. That header is believed only
 * where PUBLIC_URL says that there is a proxy, and only from near by: anybody else can send one. Of IPv6 the first 64
 * bits, since one household has as many addresses as it likes below them.
 */
export function clientAddress(
  { socket, headers }: Pick<IncomingMessage, 'headers'> & { socket: { remoteAddress?: string | undefined } },
  hasProxy: boolean,
): string {
  const peer = plain(socket.remoteAddress ?? '');
  const named = plain(
    String(headers['x-forwarded-for'] ?? '')
      .split(',')
      .at(-1)!
      .trim(),
  );
  const family = isIP(peer);
  const isNear = family !== 0 && near.check(peer, family === 6 ? 'ipv6' : 'ipv4');
  return network(hasProxy && isNear && isIP(named) ? named : peer);
}

/** An IPv4 address in IPv6 form is one all the same. */
const plain = (address: string) => /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1] ?? address;

function network(address: string): string {
  if (isIP(address) !== 6) return address;
  const [head = '', tail] = address.split('%')[0]!.toLowerCase().split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const groups = tail === undefined ? left : [...left, ...Array(8 - left.length - right.length).fill('0'), ...right];
  return `${groups
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')}::/64`;
}
