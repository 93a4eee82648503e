/** One document written in several ways is one document: in lists, entries and publications (office-files §6). */
import { type TemporaryWarehouse, temporaryWarehouse } from '@hengjian/warehouse/testing.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadProject } from '../runner/project.ts';
import { refresh } from '../runner/refresh.ts';
import { loadEvents, type TestEvent } from '../testing/load-events.ts';
import { marts } from '../testing/marts.ts';
import { scoreQuarter } from './score-quarter.ts';

let temporary: TemporaryWarehouse;
beforeAll(async () => {
  temporary = await temporaryWarehouse();
  await loadEvents(temporary.warehouse, [...listed(), ...timed()]);
  await refresh(temporary.warehouse, loadProject(), { quarters: ['2025Q2'] });
});
afterAll(() => temporary.close());

const uscc = '91350100M000100Y43';
const event = (
  id: string,
  type: string,
  time: string,
  data: Record<string, unknown>,
  subject?: string,
  department = 'shsy',
): TestEvent => ({
  id,
  source: 'urn:test',
  type,
  time,
  department,
  ...(subject ? { subject } : {}),
  data,
});

function listed(): TestEvent[] {
  const decided_on = '2025-04-10';
  const entered = (id: string, doc_no: string) =>
    event(id, 'licence.entered', '2025-04-11T12:00:00+08:00', { doc_no, decided_on, kind: '普通' }, uscc);
  return [
    entered('one', '演云许可〔2025〕65号'),
    entered('two', 'xk（2025）第 7 号'),
    event('list', 'quarter_list.submitted', '2025-07-01T12:00:00+08:00', {
      quarter: '2025Q2',
      kind: 'licence',
      rows: [
        { uscc, doc_no: '演云许可【２０２５】 65号', decided_on },
        { uscc, doc_no: 'XK(2025)第7号', decided_on },
        { uscc, doc_no: "'演云许可（2025）８号", decided_on },
        { uscc, doc_no: '演云许可[2025]8 号', decided_on },
      ],
    }),
  ];
}

function timed(): TestEvent[] {
  const days = { entry: '2025-04-11', late: '2025-06-20', decision: '2025-06-20' };
  return Object.entries(days).map(([name, day]) =>
    event(
      `time-${name}`,
      'licence.entered',
      `${day}T12:00:00+08:00`,
      {
        doc_no: `号-${name}`,
        decided_on: '2025-04-10',
        kind: '普通',
        ...(name === 'late' ? {} : { time_from: name }),
      },
      uscc,
      'scjg',
    ),
  );
}

test('a list and the entries it names meet whatever brackets, widths and spaces they have', async () => {
  const item = (await marts(temporary.warehouse, '2025Q2'))
    .find(({ unit }) => unit === 'shsy')!
    .items.find((candidate) => candidate.item === 'licence')!;
  expect(item).toMatchObject({ numerator: 2, denominator: 3 });
  const lost = await temporary.warehouse.query<{ key: string; kind: string }>(
    "SELECT key, kind FROM shown_lost_points WHERE unit = 'shsy' AND item = 'licence' ORDER BY key",
  );
  expect(lost.map(({ kind }) => kind)).toEqual(['not_entered']);
  expect(["'演云许可（2025）８号", '演云许可[2025]8 号']).toContain(lost[0]!.key);
});

test('an entry of which only the day of the decision is known is neither late nor in time', async () => {
  const rows = await temporary.warehouse.query<{ key: string; done: number; on_time: number | null }>(
    `SELECT key, done, on_time FROM int_obligations WHERE measure = 'licence' AND unit = 'scjg' AND startsWith(key, '号-')
    ORDER BY key`,
  );
  expect(rows).toEqual([
    { key: '号-decision', done: 1, on_time: null },
    { key: '号-entry', done: 1, on_time: 1 },
    { key: '号-late', done: 1, on_time: 0 },
  ]);
});

test('nor is a linked ending of a licence of which only the day of the decision is known', async () => {
  const ended = (subject: string, more: Record<string, unknown>): TestEvent[] => [
    event(`had-${subject}`, 'licence.entered', '2025-03-01T12:00:00+08:00', licence('普通'), subject, 'wjw'),
    event(`gone-${subject}`, 'entity.cancelled', '2025-04-14T12:00:00+08:00', {}, subject, 'scj'),
    event(
      `end-${subject}`,
      'licence.entered',
      '2025-04-16T12:00:00+08:00',
      { ...licence('注销'), ...more },
      subject,
      'wjw',
    ),
  ];
  const licence = (kind: string) => ({ doc_no: `号-${kind}`, decided_on: '2025-02-28', kind });
  await loadEvents(temporary.warehouse, [
    ...ended('91350100M000100Y51', {}),
    ...ended('91350100M000100Y60', { time_from: 'decision' }),
  ]);
  const scores = await scoreQuarter(
    temporary.warehouse,
    { dataDir: temporary.dataDir, ruleset: 'nantong-etdz' },
    { quarter: '2025Q2', ruleset: 'nanjing' },
  );
  const item = scores.units.find(({ unit }) => unit === 'wjw')!.items.find((one) => one.item === 'linkage')!;
  expect(item).toMatchObject({ numerator: 2, denominator: 2, on_time: 1 });
});
