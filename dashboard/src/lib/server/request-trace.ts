import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** What becomes known of a request while it is answered; the server logs it when the answer is out, whatever came of it. */
export interface RequestTrace {
  requestId: string;
  /** Empty: nobody is signed in. */
  account: string;
  /** Route id; empty: there is none, or the request was refused before it was looked for. */
  route: string;
}

const key = Symbol.for('hengjian.dashboard.trace');

export function startTrace(request: IncomingMessage): RequestTrace {
  const trace = { requestId: randomUUID(), account: '', route: '' };
  (request as unknown as Record<symbol, RequestTrace>)[key] = trace;
  return trace;
}

export const traceOf = (request: IncomingMessage | undefined): RequestTrace | undefined =>
  request && (request as unknown as Record<symbol, RequestTrace>)[key];

/** Characters of a path that are kept: more tells nothing, and anybody can make one of 14 KB. */
const MOST_PATH = 512;
const MOST_UNKNOWN = 128;

/**
 * The address asked for, as it may be kept: secrets stand in addresses (a sign-in token, also in the query of another one),
 * so whatever could be a token goes, and where there is no such route the query too.
 */
export function keptPath(url: string, route: string): string {
  if (route.startsWith('/sign-in')) return route;
  let text = route === '' ? url.split('?')[0]! : url;
  try {
    text = decodeURIComponent(text);
  } catch {
    // Not percent-encoded as it should be: kept as it is.
  }
  const most = route === '' ? MOST_UNKNOWN : MOST_PATH;
  return text
    .slice(0, 16 * 1024)
    .replace(/[\w-]{43,}/g, '[token]')
    .slice(0, most);
}

/** Who asked: the peer, and whom a proxy says it speaks for. */
export function addressOf(request: IncomingMessage): string {
  const peer = request.socket.remoteAddress ?? '';
  const forwarded = String(request.headers['x-forwarded-for'] ?? '')
    .split(',')
    .at(-1)!
    .trim();
  return /^[0-9a-fA-F.:]{2,45}$/.test(forwarded) ? `${forwarded} by ${peer}` : peer;
}
