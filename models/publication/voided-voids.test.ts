/** A void that is itself voided holds against nothing, in what a publication tells of marks and hands out as evidence. */
import { temporaryWarehouse } from '@hengjian/warehouse/testing.ts';
import { expect, test } from 'vitest';
import { loadEvents, type TestEvent } from '../testing/load-events.ts';
import { publicationId } from './derive-publications.ts';
import { createPublicationTables } from './publication-tables.ts';
import type { Publication } from './read-chain.ts';
import { readEvidence } from './read-evidence.ts';
import { readMarks } from './read-marks.ts';

const event = (id: string, type: string, day: string, data: TestEvent['data'], department = 'office'): TestEvent => ({
  ...{ source: 's', id, type, time: `${day}T10:00:00+08:00`, department, data },
});
const mark = (id: string, unit: string, points: number) =>
  event(id, 'mark.awarded', '2025-06-20', {
    ...{ quarter: '2025Q2', item: 'dr_single', unit, points },
    reason: 'r',
    approver: 'a',
  });
const voids = (id: string, of: string, day = '2025-06-21') =>
  event(id, 'event.voided', day, { event_source: 's', event_id: of, reason: 'r' });

const ownVoid = (id: string, of: string) => ({ ...voids(id, of), department: 'czj' });

/** Of departments that are no units: whose they are, their region says. */
const inRegion = (id: string, region: string, department = 'scj') => ({
  ...event(id, 'licence.entered', '2025-06-01', {}, department),
  region,
});

const publication = {
  rulesetText: 'units: [{ id: czj, regions: ["320671"] }, { id: scjg, regions: ["320671009"] }]',
  recordSha256: 'a'.repeat(64),
  record: { quarter: '2025Q2', as_of: '2026-01-01T00:00:00.000000+08:00' },
  snapshot: { cutoff: '2025-07-09', units: [{ unit: 'czj' }, { unit: 'scjg' }] },
} as unknown as Publication;

test('marks and evidence', async () => {
  const { warehouse, close } = await temporaryWarehouse();
  try {
    await loadEvents(
      warehouse,
      [
        ...[mark('m1', 'scjg', 5), voids('v1', 'm1'), voids('v2', 'v1')],
        ...[mark('m2', 'czj', 4), mark('m3', 'czj', 3), voids('v3', 'm3'), voids('v4', 'v3'), voids('v5', 'v4')],
        // Against itself, and in a circle: undecided, and no recursion without an end.
        ...[ownVoid('v8', 'v8'), ownVoid('v9', 'v10'), voids('v10', 'v9')],
        ...[
          inRegion('r1', '320671001'),
          inRegion('r2', '320671009'),
          inRegion('r3', '320672'),
          inRegion('r4', '320671', 'scjg'),
        ],
        // Too late to count.
        ...[mark('m4', 'scjg', 1), voids('v6', 'm4'), voids('v7', 'v2', '2025-08-01')],
      ],
      '2025-08-02 10:00:00',
    );
    const marks = await readMarks(warehouse, publication);
    expect(marks.map(({ unit, points }) => [unit, points])).toEqual([
      ['czj', 4],
      ['scjg', 5],
    ]);
    await createPublicationTables(warehouse);
    const row = {
      publication: publicationId(publication.recordSha256),
      quarter: '2025Q2',
      unit: 'czj',
      unit_name: '财政局',
    };
    await warehouse.insert('published_unit_scores', [{ ...row, ord: 1 }]);
    const evidence = await readEvidence(warehouse, publication, 'czj');
    const ids: string[] = [];
    for await (const line of evidence!.events()) ids.push((JSON.parse(line) as { id: string }).id);
    expect(ids.sort()).toEqual(['m2', 'm3', 'r1', 'v10', 'v3', 'v4', 'v5', 'v8', 'v9']);
  } finally {
    await close();
  }
});
