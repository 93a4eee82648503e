/**
 * Which records were rolled back, as Kafka's own consumer finds it (org.apache.kafka.clients.consumer.internals.CompletedFetch):
 * those of a producer from the first offset of an aborted transaction to its marker. kafkajs takes the list of
 * transactions to be in the order of their beginnings, which it is not where they overlap, and a key of four zero bytes
 * for a marker.
 */
import type { KafkaMessage } from 'kafkajs';

/** As a fetch answers: those that overlap what it brings. */
export interface AbortedTransaction {
  producerId: string;
  firstOffset: string;
}

interface Fetched {
  isControlRecord?: boolean;
  batchContext?: { producerId: string; inTransaction: boolean };
}

/** In the key of a control record after its version; 1 ends a transaction that was committed. */
const ABORT = 0;

/** Makes control records of them: whoever reads on goes past those, and commits behind them. */
export function markAborted(
  messages: readonly (KafkaMessage & Fetched)[],
  aborted: readonly AbortedTransaction[] | null,
): void {
  if (!aborted?.length) return;
  const begins = aborted
    .map(({ producerId, firstOffset }) => ({ producerId, first: Number(firstOffset) }))
    .sort((a, b) => a.first - b.first);
  const open = new Set<string>();
  let next = 0;
  for (const message of messages) {
    for (const offset = Number(message.offset); next < begins.length && begins[next]!.first <= offset; next += 1)
      open.add(begins[next]!.producerId);
    const { batchContext } = message;
    if (!batchContext) continue;
    if (message.isControlRecord) {
      if (message.key?.readInt16BE(2) === ABORT) open.delete(batchContext.producerId);
    } else if (batchContext.inTransaction && open.has(batchContext.producerId)) message.isControlRecord = true;
  }
}
