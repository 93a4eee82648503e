/** Who may write into a warehouse beside whom: one rule, as a function and as a condition of the engine. */
import type { Params } from '../warehouse.ts';

/** Edge and import without Kafka: behind a log they write nothing themselves and take no lease. */
export type LeaseKind = 'edge' | 'import' | 'worker' | 'scheduler' | 'refresh';

/** What a lease is asked for. */
export interface LeaseClaim {
  kind: LeaseKind;
  /** Of workers: the log whose events they store. */
  topic: string;
  cluster: string;
}

/** Whoever writes without a log knows only the keys that it has read; a refresh decides what is live. A restore ends all of them. */
const RIVALS: Record<LeaseKind, readonly (LeaseKind | 'restore')[]> = {
  edge: ['edge', 'import', 'worker', 'restore'],
  import: ['edge', 'import', 'worker', 'restore'],
  // Its claims on partitions are overtaken by a restore (partition-claims.ts).
  worker: ['edge', 'import'],
  scheduler: [],
  refresh: ['refresh', 'restore'],
};

/** Workers share a log and see each other's claims on its partitions; those of another topic or cluster see nothing of them. */
export function areRivals(one: LeaseClaim, other: LeaseClaim): boolean {
  if (RIVALS[one.kind].includes(other.kind)) return true;
  return (
    one.kind === 'worker' && other.kind === 'worker' && (one.topic !== other.topic || one.cluster !== other.cluster)
  );
}

/** `areRivals` for rows of `leases`, with the parameters of `rivalParams`. */
export const RIVAL_ROWS = `(kind IN {lease_rivals:Array(String)} OR (kind = 'worker' AND {lease_kind:String} = 'worker'
  AND (topic, cluster) != ({lease_topic:String}, {lease_cluster:String})))`;

export const rivalParams = ({ kind, topic, cluster }: LeaseClaim): Params => ({
  lease_rivals: [...RIVALS[kind]],
  lease_kind: kind,
  lease_topic: topic,
  lease_cluster: cluster,
});
