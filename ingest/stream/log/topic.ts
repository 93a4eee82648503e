/** What edges, workers and the published documents must say alike of the topic. */

/** Largest record (an event of 4 MiB and its headers) and largest request. The broker must allow them (docs/operate/sizing.md). */
export const MAX_REQUEST_BYTES = 8 * 1024 * 1024;
/** Of a topic that the product creates. */
export const PARTITIONS = 8;
/** The consumer group of the workers. */
export const groupOf = (topic: string) => `hengjian.${topic}`;
