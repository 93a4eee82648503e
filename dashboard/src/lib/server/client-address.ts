import type { IncomingMessage } from 'node:http';
import { BlockList, isIP } from 'node:net';
import type { Environment } from '@hengjian/warehouse';

/** Who is believed when naming for whom it asks. */
export type TrustedProxies = Pick<BlockList, 'check'>;

/**
 * This machine itself, where PUBLIC_URL says that there is a proxy, and the addresses and networks that
 * HENGJIAN_TRUSTED_PROXIES names. A private network is none of them: everybody in an office is in one.
 */
export function trustedProxies({
  publicUrl,
  trustedProxies: named,
}: Pick<Environment, 'publicUrl' | 'trustedProxies'>): TrustedProxies {
  const trusted = new BlockList();
  if (publicUrl !== undefined) {
    trusted.addSubnet('127.0.0.0', 8);
    trusted.addAddress('::1', 'ipv6');
  }
  for (const { address, bits } of named) trusted.addSubnet(address, bits, familyOf(address));
  return trusted;
}

/**
 * Whose tries are counted together: the peer; behind proxies that are trusted the nearest address that is none of them, as
 * the one before it names it (each adds its peer at the end of the header). Of IPv6 the first 64 bits, since one household
 * has as many addresses as it likes below them.
 */
export function clientAddress(
  { socket, headers }: Pick<IncomingMessage, 'headers'> & { socket: { remoteAddress?: string | undefined } },
  trusted: TrustedProxies,
): string {
  const named = String(headers['x-forwarded-for'] ?? '').split(',');
  let address = plain(socket.remoteAddress ?? '');
  while (isIP(address) !== 0 && trusted.check(address, familyOf(address))) {
    const next = plain(named.pop()?.trim() ?? '');
    if (isIP(next) === 0) break;
    address = next;
  }
  return network(address);
}

const familyOf = (address: string) => (isIP(address) === 6 ? 'ipv6' : 'ipv4');

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
