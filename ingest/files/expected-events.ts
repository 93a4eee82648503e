/** Bytes of an event in a file, and how far gzip packs them, as real logs have it: rough is good enough. */
const EVENT_BYTES = 250;
const PACKED = 10;
/** Beyond it the filter of known keys grows as needed. */
const MOST_EXPECTED = 20_000_000;

/** @param files as `probeFile` found them */
export const expectedEvents = (files: readonly { size: number; gzip: boolean }[]): number =>
  Math.min(
    MOST_EXPECTED,
    Math.ceil(files.reduce((sum, { size, gzip }) => sum + (size / EVENT_BYTES) * (gzip ? PACKED : 1), 0)),
  );
