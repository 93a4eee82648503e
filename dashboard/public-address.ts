import type { IncomingMessage } from 'node:http';
import type { Environment } from '@hengjian/warehouse';

type Public = Pick<Environment, 'publicUrl'>;

/** The path of the public address: '' or like '/hengjian'. */
export function baseOf({ publicUrl }: Public): '' | `/${string}` {
  return (publicUrl ? new URL(publicUrl).pathname.replace(/\/$/, '') : '') as '' | `/${string}`;
}

/** Whether people come by TLS: as the public address says, or, where there is none, as the proxy in front says. */
function protocolOf(request: IncomingMessage, { publicUrl }: Public): string {
  if (publicUrl) return new URL(publicUrl).protocol.slice(0, -1);
  // Each proxy adds what it was reached by: the first value is the browser's.
  const first = String(request.headers['x-forwarded-proto'] ?? '')
    .split(',')[0]!
    .trim()
    .toLowerCase();
  return first === 'https' ? 'https' : 'http';
}

/**
 * Makes a request look as if it came to the public address itself, whatever stands in between: the framework takes origin
 * checks, redirects and the `Secure` of cookies from it. Who is asked for is never taken from a forwarded header, since
 * anybody can send one. A proxy may keep the path of the public address or take it off; probes of the machine itself ask
 * without it.
 */
export function placeRequest(request: IncomingMessage, environment: Public): void {
  const { headers } = request;
  headers['x-forwarded-proto'] = protocolOf(request, environment);
  if (!environment.publicUrl) return;
  headers.host = new URL(environment.publicUrl).host;
  const base = baseOf(environment);
  const url = request.url ?? '/';
  if (base && url.startsWith('/') && !isUnder(base, url)) request.url = base + url;
}

/** The same address as the app itself names it, without the path of the public address. */
export function withoutBase(url: string, environment: Public): string {
  const base = baseOf(environment);
  return base && isUnder(base, url) ? url.slice(base.length) || '/' : url;
}

const isUnder = (base: string, url: string) => url.startsWith(base) && /^[/?]|^$/.test(url.slice(base.length));
