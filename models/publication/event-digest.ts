/**
 * Which events counted (publication.md §2): number and digest of all stored (source, id) recorded by `as_of` with a time
 * up to the cut-off, `score.*` left out. The engine hashes 256 buckets, some at a time, so that memory does not grow
 * with the log.
 */
import type { Warehouse } from '@hengjian/warehouse';
import { sha256 } from './hash-json.ts';

export interface EventDigest {
  count: number;
  sha256: string;
}

export interface DigestScope {
  /** Recording time of the last event, local wall time with microseconds. */
  asOf: string;
  /** Last microsecond that counts, local wall time. */
  cutoff: string;
}

const BUCKETS = 256;
/** Lines that one query holds and sorts: about 100 bytes each in the engine. */
const LINES_AT_ONCE = 2_000_000;
const EMPTY = sha256('');

const COUNTED = `recorded_at <= toDateTime64({asOf:String}, 6, 'Asia/Shanghai')
  AND time <= toDateTime64({cutoff:String}, 6, 'Asia/Shanghai') AND NOT startsWith(type, 'score.')`;

export async function countEvents(warehouse: Warehouse, scope: DigestScope, table = 'events'): Promise<number> {
  const [row] = await warehouse.query<{ n: number }>(`SELECT count() AS n FROM ${table} WHERE ${COUNTED}`, {
    ...scope,
  });
  return row!.n;
}

/** @param linesAtOnce lines that one query may hold (tests make it small) */
export async function digestEvents(
  warehouse: Warehouse,
  scope: DigestScope,
  linesAtOnce = LINES_AT_ONCE,
): Promise<EventDigest> {
  const expected = await countEvents(warehouse, scope);
  const passes = Math.min(BUCKETS, Math.max(1, Math.ceil(expected / linesAtOnce)));
  const width = Math.ceil(BUCKETS / passes);
  const digests = new Array<string>(BUCKETS).fill(EMPTY);
  let count = 0;
  for (let from = 0; from < BUCKETS; from += width) {
    const rows = await warehouse.query<{ bucket: number; digest: string; n: number }>(
      `SELECT reinterpretAsUInt8(substring(SHA256(line), 1, 1)) AS bucket, count() AS n,
         lower(hex(SHA256(arrayStringConcat(arraySort(groupArray(line)))))) AS digest
       FROM (SELECT concat(toString(e.source), '\\t', e.id, '\\n') AS line FROM events AS e WHERE ${COUNTED})
       WHERE bucket BETWEEN {from:UInt16} AND {to:UInt16}
       GROUP BY bucket`,
      { ...scope, from, to: from + width - 1 },
      { max_block_size: 16_384 },
    );
    for (const { bucket, digest, n } of rows) {
      digests[bucket] = digest;
      count += n;
    }
  }
  return { count, sha256: sha256(digests.map((digest) => `${digest}\n`).join('')) };
}
