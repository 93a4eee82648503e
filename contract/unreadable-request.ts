/** What comes over a connection and is no request by HTTP/1.1, is too long, or does not come to its end: how every server of the product answers it. */
import { maxHeaderSize, type ServerResponse, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';

/** As Node reports it. */
export type UnreadableFault = Error & { code?: string; reason?: string };

/** The last answer that was begun on a connection. */
const lastAnswers = new WeakMap<Duplex, ServerResponse>();

/** To be called with each request that could be read. */
export function beginAnswer(response: ServerResponse): void {
  if (response.socket) lastAnswers.set(response.socket, response);
}

/**
 * Answers in problem details (RFC 9457) and ends the connection.
 * @param headers sent with it, the request id among them
 * @returns the status; undefined where nobody is owed an answer, and the connection is cut
 */
export function answerUnreadable(
  error: UnreadableFault,
  socket: Duplex,
  headers: Readonly<Record<string, string>>,
): number | undefined {
  if (error.code === 'ECONNRESET' || !socket.writable || !expectsAnswer(socket)) {
    socket.destroy();
    return undefined;
  }
  const [status, detail] = describe(error);
  const title = STATUS_CODES[status]!;
  const body = Buffer.from(JSON.stringify({ type: 'about:blank', title, status, detail }));
  const all = {
    ...headers,
    date: new Date().toUTCString(),
    'content-type': 'application/problem+json',
    'content-length': body.length,
    connection: 'close',
  };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`);
  const head = Buffer.from(`${[`HTTP/1.1 ${status} ${title}`, ...lines].join('\r\n')}\r\n\r\n`);
  socket.end(Buffer.concat([head, body]), () => socket.destroy());
  return status;
}

/** What is sent now must not be taken for another request's answer, nor be a second one to the same. */
function expectsAnswer(socket: Duplex): boolean {
  const last = lastAnswers.get(socket);
  if (!last) return true;
  return last.req.complete ? last.writableFinished : !last.headersSent;
}

function describe({ code, reason, message }: UnreadableFault): [number, string] {
  switch (code) {
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return [408, 'The request did not come to its end in time; send it again.'];
    case 'HPE_HEADER_OVERFLOW':
      return [431, `The headers are longer than ${maxHeaderSize / 1024} KiB together.`];
    case 'HPE_CHUNK_EXTENSIONS_OVERFLOW':
      return [413, 'The extensions of the chunks are too long; send chunks without any.'];
    default:
      return [400, `This is not a request by HTTP/1.1: ${reason ?? message}.`];
  }
}
