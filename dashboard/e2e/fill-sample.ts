import { fileURLToPath } from 'node:url';
import { loadProject } from '@hengjian/models';
import { refresh } from '@hengjian/models/runner/refresh.ts';
import { loadEvents, readEvents, type TestEvent } from '@hengjian/models/testing/load-events.ts';
import type { Warehouse } from '@hengjian/warehouse';
import type { Filling } from '@hengjian/warehouse/testing.ts';

const sample = fileURLToPath(new URL('../../samples/nantong-sample.ndjson.gz', import.meta.url));

/** The real way: the sample's events (with a few complaints, which it lacks) through the models. */
export const SAMPLE: Filling = { name: 'sample', fill: fillSample };

async function fillSample(warehouse: Warehouse): Promise<void> {
  const events = readEvents(sample);
  const subjects = events.filter(({ type }) => type === 'entity.registered');
  const complaints = subjects.map(
    ({ subject, source }, index): TestEvent => ({
      source,
      id: `complaint-${index}`,
      type: 'complaint.received',
      time: `2025-0${4 + (index % 3)}-1${index % 10}T10:00:00+08:00`,
      department: 'scjg',
      subject,
      data: { channel: '12345', topic: '食品' },
    }),
  );
  await loadEvents(warehouse, [...events, ...complaints]);
  await refresh(warehouse, loadProject());
}
