/** The periods of the stream page, in minutes, and the width of a bar. */
export const streamRanges = { '1h': { minutes: 60, step: 1 }, '24h': { minutes: 1440, step: 15 } } as const;
export type StreamRange = keyof typeof streamRanges;

export function isStreamRange(text: string): text is StreamRange {
  return Object.hasOwn(streamRanges, text);
}

/** Start and end of the bars (epoch milliseconds) for a period that ends at `at`: whole steps, the running one included. */
export function streamWindow(range: StreamRange, at: number): { from: number; to: number } {
  const { minutes, step } = streamRanges[range];
  const length = step * 60_000;
  const to = Math.floor(at / length) * length + length;
  return { from: to - minutes * 60_000 - length, to };
}
