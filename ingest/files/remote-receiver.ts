/** Lines go to the running ingest part, which is the only writer; file and line numbers go along. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Origin } from '../store/origin.ts';
import type { ImportCounts, LineReceiver } from './line-receiver.ts';

const BODY_BYTES = 8 * 1024 * 1024;
const IN_FLIGHT = 3;
const RETRY_FOR_MS = 600_000;

export interface RunningIngest {
  url: string;
  internalKey: string;
}

export function remoteReceiver(
  { url, internalKey }: RunningIngest,
  name: string,
  kind: Origin['kind'] = 'file',
): LineReceiver {
  const began = Date.now() * 1000;
  const counts: ImportCounts = { read: 0, accepted: 0, duplicate: 0, rejected: 0 };
  const sending = new Set<Promise<void>>();
  let failure: Error | undefined;
  let pieces: Buffer[] = [];
  let bytes = 0;
  let first = 1;

  const post = async (path: string, params: Record<string, string>, body: Buffer) => {
    const target = `${url}${path}?${new URLSearchParams({ kind, name, ...params })}`;
    const outcome = await send(target, internalKey, body, began);
    counts.accepted += outcome.accepted;
    counts.duplicate += outcome.duplicate;
    counts.rejected += outcome.rejected;
    counts.read += outcome.accepted + outcome.duplicate + outcome.rejected;
  };
  const start = async (path: string, params: Record<string, string>, body: Buffer) => {
    while (sending.size >= IN_FLIGHT) await Promise.race(sending);
    if (failure) throw failure;
    const sent: Promise<void> = post(path, params, body)
      .catch((error: Error) => {
        failure ??= error;
      })
      .finally(() => sending.delete(sent));
    sending.add(sent);
  };
  const flush = async () => {
    if (pieces.length === 0) return;
    const body = Buffer.concat(pieces);
    pieces = [];
    bytes = 0;
    await start('/internal/lines', { line: String(first) }, body);
  };

  return {
    async lines(piece, firstLine) {
      if (pieces.length === 0) first = firstLine;
      pieces.push(Buffer.from(piece));
      bytes += piece.length;
      if (bytes >= BODY_BYTES) await flush();
      return countLines(piece);
    },
    async oversized({ head, size, sha256 }, line) {
      await flush();
      await start('/internal/oversized', { line: String(line), size: String(size), sha256 }, head);
    },
    async finish() {
      await flush();
      await Promise.all(sending);
      if (failure) throw failure;
      return counts;
    },
  };
}

/** Posts until it is taken. @param began when the import began, in µs: a chunk whose answer was lost must not be counted as duplicates of itself */
export async function send(target: string, internalKey: string, body: Buffer, began: number): Promise<ImportCounts> {
  const deadline = Date.now() + RETRY_FOR_MS;
  for (let again = ''; ; again = `&since=${began}`) {
    let why: string;
    try {
      const response = await fetch(`${target}${again}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${internalKey}`, 'content-type': 'application/octet-stream' },
        body: new Uint8Array(body),
      });
      if (response.ok) return (await response.json()) as ImportCounts;
      why = `${response.status} ${await response.text()}`;
      if (![408, 429, 503].includes(response.status))
        throw new Error(`the running ingest part refused the lines: ${why}`);
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      why = String(error.cause ?? error);
    }
    if (Date.now() > deadline)
      throw new Error(`the running ingest part did not take the lines for ten minutes: ${why}`);
    await pause(500);
  }
}

function countLines(bytes: Buffer): number {
  let lines = bytes.at(-1) === 10 ? 0 : 1;
  for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) lines += 1;
  return lines;
}
