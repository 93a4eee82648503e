import { isIP } from 'node:net';

/** A network of IPv4 or IPv6; a single address is one of all its bits. */
export interface Network {
  address: string;
  bits: number;
}

/**
 * Addresses and networks (`10.0.0.5,172.18.0.0/16`), separated by commas.
 * @returns undefined where one of them is none, or is everybody ("/0")
 */
export function readNetworks(text: string): Network[] | undefined {
  if (text.trim() === '') return [];
  const networks = text.split(',').map((part) => readNetwork(part.trim()));
  return networks.every((network) => network !== undefined) ? networks : undefined;
}

function readNetwork(text: string): Network | undefined {
  const [address = '', bits, more] = text.split('/');
  const all = { 0: 0, 4: 32, 6: 128 }[isIP(address)] ?? 0;
  const count = bits === undefined ? all : /^\d{1,3}$/.test(bits) ? Number(bits) : 0;
  return more === undefined && count >= 1 && count <= all ? { address, bits: count } : undefined;
}
