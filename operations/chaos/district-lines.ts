/** What is sent while things die: a district's events with 5 % duplicates and 1 % bad ones, the same for the same seed. */
import { generateDistrict, volumeFor } from '@hengjian/generator';

const DEFECTS = { duplicates: 0.05, bad: 0.01 };

export interface DistrictStream {
  seed: number;
  /** lines, duplicates and bad ones included */
  events: number;
}

/** Chunks of whole lines. */
export const districtChunks = ({ seed, events }: DistrictStream): Generator<Buffer> =>
  generateDistrict({
    seed,
    limit: events,
    volume: volumeFor(events),
    // Over when this runs, whatever the date: six quarters that can all be scored.
    firstQuarter: '2024Q1',
    until: '2025-06-30',
    defects: DEFECTS,
  });

/** Batches of up to `size` lines. */
export function* districtBatches(stream: DistrictStream, size: number): Generator<string[]> {
  let batch: string[] = [];
  for (const chunk of districtChunks(stream)) {
    for (const line of chunk.toString('utf8').split('\n')) {
      if (line === '') continue;
      batch.push(line);
      if (batch.length < size) continue;
      yield batch;
      batch = [];
    }
  }
  if (batch.length > 0) yield batch;
}
