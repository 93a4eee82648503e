/** The times that the contract lets in (§1 `time`). */

/** 2010-01-01T00:00+08:00 in µs. */
export const EARLIEST_MICROS = Date.UTC(2009, 11, 31, 16) * 1000;
const AHEAD_MICROS = 24 * 3600 * 1_000_000;

export const latestMicros = (nowMs: number): number => nowMs * 1000 + AHEAD_MICROS;
