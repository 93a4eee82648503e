/** For tests: HTTP as it goes over the wire, so that a request can be wrong, or end too early. */
import { connect, type Socket } from 'node:net';

export interface RawConversation {
  socket: Socket;
  /** The first answer; rejects when the connection ends without one. */
  answer: Promise<Response>;
  /** Everything that came, once the connection has ended. */
  ended: Promise<string>;
}

/** Connects and sends these pieces, and nothing more. */
export function rawConversation(url: string, ...pieces: (string | Uint8Array)[]): RawConversation {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  for (const piece of pieces) socket.write(piece);
  let heard = '';
  const ended = new Promise<string>((resolve) => socket.once('close', () => resolve(heard)));
  const answer = new Promise<Response>((resolve, reject) => {
    socket.setEncoding('latin1').on('data', (text: string) => {
      heard += text;
      const response = answerIn(heard);
      if (response) resolve(response);
    });
    ended.then(() => reject(new Error(`the connection ended without an answer: ${heard}`)));
  });
  answer.catch(() => {});
  socket.on('error', () => {});
  return { socket, answer, ended };
}

/** Head of a request; each header a line. */
export const requestHead = (line: string, headers: Record<string, string | number>): string =>
  `${line} HTTP/1.1\r\nHost: edge\r\n${Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join('')}\r\n`;

/** The first answer in it, if it is there to its end. Only answers with a Content-Length are understood. */
function answerIn(text: string): Response | undefined {
  const end = text.indexOf('\r\n\r\n');
  if (end < 0) return undefined;
  const [first = '', ...lines] = text.slice(0, end).split('\r\n');
  const headers = new Headers(lines.map((line) => line.split(/: (.*)/, 2) as [string, string]));
  const body = text.slice(end + 4);
  const length = Number(headers.get('content-length') ?? 0);
  if (body.length < length) return undefined;
  return new Response(Buffer.from(body.slice(0, length), 'latin1'), { status: Number(first.split(' ')[1]), headers });
}
