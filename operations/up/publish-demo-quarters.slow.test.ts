import { generateDistrict } from '@hengjian/generator';
import { importLines } from '@hengjian/ingest';
import { loadProject, readChain, refresh } from '@hengjian/models';
import { readObjections } from '@hengjian/models/objections/read-objections.ts';
import { readCirculars } from '@hengjian/models/publication/circulars.ts';
import { readPublished } from '@hengjian/models/publication/read-published.ts';
import { verifyPublications } from '@hengjian/models/publication/verify-publications.ts';
import { readEnvironment } from '@hengjian/warehouse';
import { temporaryWarehouse } from '@hengjian/warehouse/testing.ts';
import { expect, test } from 'vitest';
import { openEventWriter, writerWhenNeeded } from '../open-event-writer.ts';
import { publishDemoQuarters } from './publish-demo-quarters.ts';

test('the demo’s past quarters are published, contested, corrected, told of; the newest waits for an answer; twice is once', async () => {
  const { warehouse, dataDir, close } = await temporaryWarehouse();
  try {
    const environment = readEnvironment({ HENGJIAN_DATA_DIR: dataDir });
    const opened = await openEventWriter({ environment, warehouse: async () => warehouse, expectedEvents: 0 });
    const lines = generateDistrict({ seed: 1, subjects: 600, volume: 0.02, quarters: 2, until: '2026-09-30' });
    await importLines({ writer: opened.writer, name: 'demo', lines }).finally(() => opened.stop());
    await refresh({ warehouse, environment });
    const writer = writerWhenNeeded({ environment, warehouse: async () => warehouse });
    const project = loadProject(environment);
    const demo = { environment, warehouse, writer, now: new Date('2026-11-08T02:00:00Z') };
    await publishDemoQuarters({ ...demo, signal: AbortSignal.abort() });
    expect((await readChain(warehouse)).publications).toEqual([]);

    await publishDemoQuarters({ ...demo, signal: new AbortController().signal });
    await publishDemoQuarters({ ...demo, signal: new AbortController().signal });
    const { publications } = await readChain(warehouse);
    expect(publications.map(({ record: { quarter, number } }) => [quarter, number])).toEqual([
      ['2026Q2', 1],
      ['2026Q2', 2],
    ]);
    const checks = await verifyPublications(warehouse, project, { replay: false });
    expect(checks.filter(({ ok }) => !ok)).toEqual([]);
    expect(
      (await readObjections(warehouse, project)).map(({ quarter, state, outcome }) => [quarter, state, outcome]),
    ).toEqual([
      ['2026Q2', 'answered', 'upheld'],
      ['2026Q3', 'open', null],
    ]);
    const [issued] = (await readCirculars(warehouse, publications[1]!)).issued;
    expect([issued?.format, issued?.by]).toEqual(['pdf', 'demo']);
    await refresh({ warehouse, environment });
    const { corrections, window } = await readPublished(warehouse, project, publications[1]!);
    expect(corrections.map(({ number }) => number)).toEqual([2]);
    expect(window?.shownOn).toBe('2026-07-10');
  } finally {
    await close();
  }
}, 600_000);
