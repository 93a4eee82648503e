/** Rows go to the running ingest part, which is the only writer; the place of each in its sheet goes along. */
import type { ImportCounts } from '../../files/line-receiver.ts';
import { type RunningIngest, send } from '../../files/remote-receiver.ts';
import { rowLine } from './row-lines.ts';
import type { RowReceiver } from './row-receiver.ts';

const BODY_BYTES = 4 * 1024 * 1024;

export function remoteRowReceiver({ url, internalKey }: RunningIngest, name: string): RowReceiver {
  const began = Date.now() * 1000;
  const counts: ImportCounts = { read: 0, accepted: 0, duplicate: 0, rejected: 0 };
  let expected = { accepted: 0, duplicate: 0, rejected: 0 };
  let lines: Buffer[] = [];
  let bytes = 0;

  const flush = async () => {
    if (lines.length === 0) return;
    const body = Buffer.concat(lines);
    const foreseen = expected;
    lines = [];
    bytes = 0;
    expected = { accepted: 0, duplicate: 0, rejected: 0 };
    const target = `${url}/internal/rows?${new URLSearchParams({ name })}`;
    const answer = (await send(target, internalKey, body, began)) as ImportCounts & { repeated: boolean };
    // Sent twice, its own events look like duplicates.
    const counted = answer.repeated ? foreseen : answer;
    for (const outcome of ['accepted', 'duplicate', 'rejected'] as const) {
      counts[outcome] += counted[outcome];
      counts.read += counted[outcome];
    }
  };

  return {
    async take(placed) {
      const line = rowLine(placed);
      lines.push(line);
      bytes += line.length;
      expected[placed.expected] += 1;
      if (bytes >= BODY_BYTES) await flush();
    },
    async finish() {
      await flush();
      return counts;
    },
  };
}
