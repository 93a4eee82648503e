import { createHash } from 'node:crypto';
import { propertyRuns } from '@hengjian/contract/testing/property-runs.ts';
import { type TemporaryWarehouse, temporaryWarehouse } from '@hengjian/warehouse/testing.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadEvents, type TestEvent } from '../testing/load-events.ts';
import { digestEvents } from './event-digest.ts';

/** publication.md §2, written from its text. */
function independentDigest(keys: readonly (readonly [source: string, id: string])[]): string {
  const buckets = Array.from({ length: 256 }, () => [] as Buffer[]);
  for (const [source, id] of keys) {
    const line = Buffer.from(`${source}\t${id}\n`, 'utf8');
    buckets[createHash('sha256').update(line).digest()[0]!]!.push(line);
  }
  const digests = buckets.map((lines) =>
    createHash('sha256')
      .update(Buffer.concat(lines.sort(Buffer.compare)))
      .digest('hex'),
  );
  return createHash('sha256')
    .update(digests.map((digest) => `${digest}\n`).join(''))
    .digest('hex');
}

/** One line at once is a query for each bucket: in the thorough run. */
const FEWEST = propertyRuns(10) === 10 ? 1 : 20;

describe('digestEvents', () => {
  let temporary: TemporaryWarehouse;
  const event = (id: string, changes: Partial<TestEvent> = {}): TestEvent => ({
    id,
    source: 'https://platform.example/数据',
    type: 'login.succeeded',
    time: '2025-07-09T23:59:59.999999+08:00',
    department: 'scjg',
    data: { account: 'a' },
    ...changes,
  });
  const counted = [
    ...Array.from({ length: propertyRuns(3000) }, (_, i) => event(`e${i}`)),
    // Bytes above 127, a tab and a line feed inside an id, and the same id from another source.
    ...['é', '甲乙', 'a\tb', 'a\nb', 'A', 'a'].map((id) => event(id)),
    event('a', { source: 'urn:other' }),
  ];

  beforeAll(async () => {
    temporary = await temporaryWarehouse();
    await loadEvents(temporary.warehouse, counted, '2025-07-10 10:00:00.000001');
    await loadEvents(
      temporary.warehouse,
      [event('after the cut-off', { time: '2025-07-10T00:00:00+08:00' }), event('1', { type: 'score.published' })],
      '2025-07-10 10:00:00.000001',
    );
    await loadEvents(temporary.warehouse, [event('recorded later')], '2025-07-10 10:00:00.000002');
  });
  afterAll(() => temporary.close());

  const scope = { asOf: '2025-07-10 10:00:00.000001', cutoff: '2025-07-09 23:59:59.999999' };

  it.each([2_000_000, 700, FEWEST])('is that of the specification, %s lines at once', async (linesAtOnce) => {
    expect(await digestEvents(temporary.warehouse, scope, linesAtOnce)).toEqual({
      count: counted.length,
      sha256: independentDigest(counted.map(({ source, id }) => [source, id])),
    });
  });

  it('is that of 256 empty buckets where nothing counted', async () => {
    expect(await digestEvents(temporary.warehouse, { ...scope, asOf: '2020-01-01 00:00:00.000000' })).toEqual({
      count: 0,
      sha256: independentDigest([]),
    });
  });
});
