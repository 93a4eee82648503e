/** What an import of events would do, and nothing of it done. */
import { isUtf8 } from 'node:buffer';
import type { RuleLimits } from '@hengjian/contract/rule-limits.ts';
import type { Warehouse } from '@hengjian/warehouse';
import { EventChecker } from '../../check/event-checker.ts';
import { importBytes } from '../../files/import-bytes.ts';
import type { ImportCounts, LineReceiver } from '../../files/line-receiver.ts';
import { findNew } from '../../store/find-stored.ts';

const BATCH = 5_000;

/** @param known keys that this command would have stored before; those found here are added */
export async function previewEvents(
  warehouse: Warehouse,
  chunks: AsyncIterable<Buffer>,
  known: Set<string>,
  limits: RuleLimits,
): Promise<ImportCounts & { failure?: Error }> {
  const checker = new EventChecker(Date.now(), limits);
  const counts: ImportCounts = { read: 0, accepted: 0, duplicate: 0, rejected: 0 };
  let waiting: { source: string; id: string }[] = [];
  const settle = async () => {
    const fresh = await findNew(
      warehouse,
      waiting.map(({ source }) => source),
      waiting.map(({ id }) => id),
    );
    for (const [index, { source, id }] of waiting.entries()) {
      const key = `${id}\0${source}`;
      const isNew = fresh[index] === 1 && !known.has(key);
      known.add(key);
      counts[isNew ? 'accepted' : 'duplicate'] += 1;
    }
    waiting = [];
  };
  const receiver: LineReceiver = {
    async lines(bytes, firstLine) {
      let lines = 0;
      for (let at = 0; at < bytes.length; lines += 1) {
        const found = bytes.indexOf(10, at);
        const end = found < 0 ? bytes.length : found;
        let line = bytes.subarray(at, end);
        at = end + 1;
        if (firstLine + lines === 1 && line.subarray(0, 3).toString('latin1') === '\xef\xbb\xbf')
          line = line.subarray(3);
        if (/^\s*$/.test(line.toString('latin1'))) continue;
        counts.read += 1;
        if (checker.check(line, 0, line.length, isUtf8(line))) {
          counts.rejected += 1;
          continue;
        }
        const { source, bytes: held, idStart, idEnd } = checker.fields;
        waiting.push({ source: source.text, id: held.toString('utf8', idStart, idEnd) });
        if (waiting.length >= BATCH) await settle();
      }
      return lines;
    },
    async oversized() {
      counts.read += 1;
      counts.rejected += 1;
    },
    async finish() {
      if (waiting.length > 0) await settle();
      return counts;
    },
  };
  return importBytes(chunks, receiver);
}
