import type { IncomingHttpHeaders } from 'node:http';

/** Whether a request carries one event in binary mode (CloudEvents HTTP binding §3.1): its attributes are `ce-*` headers. */
export const isBinaryEvent = (headers: IncomingHttpHeaders, mediaType: string): boolean =>
  headers['ce-specversion'] !== undefined && !mediaType.startsWith('application/cloudevents');

/** The attributes, decoded as §3.1.3.2 says; undefined: the name of a header whose percent-encoding is no UTF-8. */
export function binaryAttributes(
  headers: IncomingHttpHeaders,
): [name: string, value: string][] | { undecodable: string } {
  const attributes: [string, string][] = [];
  for (const [header, value] of Object.entries(headers)) {
    if (!header.startsWith('ce-') || value === undefined) continue;
    const decoded = decode(Array.isArray(value) ? value.join(', ') : value);
    if (decoded === undefined) return { undecodable: header };
    attributes.push([header.slice(3), decoded]);
  }
  return attributes;
}

/** Quotes around the whole, as some libraries send them, are taken off with their escapes; then percent-encoding. */
function decode(value: string): string | undefined {
  const plain = /^".*"$/s.test(value) ? value.slice(1, -1).replace(/\\(.)/gs, '$1') : value;
  // Node reads header bytes as Latin-1; senders that do not encode send UTF-8.
  const text = Buffer.from(plain, 'latin1').toString('utf8');
  const read = text.includes('\ufffd') ? plain : text;
  try {
    return read.replace(/(?:%[0-9a-f]{2})+/gi, (run) => decodeURIComponent(run));
  } catch {
    return undefined;
  }
}
