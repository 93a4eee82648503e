import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { generateDistrict, volumeFor } from '@hengjian/generator';

/** Writes exactly `events` good lines of the scaled demo district; the same for the same number. */
export async function writeEventFile(path: string, events: number): Promise<{ bytes: number; seconds: number }> {
  const started = performance.now();
  const file = createWriteStream(path);
  let bytes = 0;
  const volume = volumeFor(events);
  for (const chunk of generateDistrict({
    volume,
    limit: events,
    firstQuarter: '2025Q2',
    until: '2026-09-30',
    defects: false,
  })) {
    bytes += chunk.length;
    if (!file.write(chunk)) await once(file, 'drain');
  }
  file.end();
  await once(file, 'close');
  return { bytes, seconds: (performance.now() - started) / 1000 };
}
