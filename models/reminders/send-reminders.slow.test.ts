import { type TemporaryWarehouse, temporaryWarehouse } from '@hengjian/warehouse/testing.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readReminders } from '../queries/read-reminders.ts';
import { loadProject } from '../runner/project.ts';
import { refresh } from '../runner/refresh.ts';
import { loadEvents, type TestEvent } from '../testing/load-events.ts';
import { writeDirectly } from '../testing/write-directly.ts';
import { sendReminders } from './send-reminders.ts';

const project = loadProject();
let temporary: TemporaryWarehouse;

let n = 0;
const event = (type: string, day: string, department: string, data: object, subject?: string): TestEvent => ({
  source: 'test://registry',
  id: `${++n}`,
  type,
  time: `${day}T10:00:00+08:00`,
  department,
  ...(subject ? { subject } : {}),
  data: data as Record<string, unknown>,
});
const push = (id: string, department: string) =>
  event('registration.pushed', '2025-06-03', department, { push_id: id, bucket: 'licensed', matters: [] }, 'S1');
const returned = push('P-void', 'scjg');

beforeAll(async () => {
  temporary = await temporaryWarehouse();
  await loadEvents(temporary.warehouse, [
    push('P1', 'scjg'),
    push('P2', 'scjg'),
    push('P3', 'czj'),
    returned,
    event('event.voided', '2025-06-04', 'scjg', { event_source: returned.source, event_id: returned.id, reason: 'x' }),
    event('push.claimed', '2025-06-04', 'scjg', { push_id: 'P2' }),
    // The fifth workday after 2025-06-03 is 2025-06-10; for czj the day after it.
    event('outage.declared', '2025-06-05', 'scjg', {
      from: '2025-06-05',
      to: '2025-06-05',
      units: ['czj'],
      reason: 'x',
    }),
  ]);
  await refresh(temporary.warehouse, project);
}, 120_000);
afterAll(() => temporary?.close());

const on = (day: string) =>
  sendReminders({
    warehouse: temporary.warehouse,
    project,
    write: writeDirectly(temporary.warehouse),
    now: new Date(`${day}T09:00:00+08:00`),
  });
const sent = async (unit: string) =>
  (
    await readReminders(
      temporary.warehouse,
      { account: unit, roles: ['unit'], units: [unit], areas: 'all' },
      '2025-06-01',
      100,
    )
  ).map(({ push_id, level, step, due }) => `${push_id} ${step} ${level} ${due}`);

test('each stage is sent once: the day before, on the day, after it; what is claimed or voided is let be', async () => {
  expect(await on('2025-06-06')).toBe(0);
  expect(await on('2025-06-09')).toBe(1);
  expect(await on('2025-06-09')).toBe(0);
  expect(await sent('scjg')).toEqual(['P1 claim before 2025-06-10']);
  expect(await on('2025-06-10')).toBe(2);
  expect(await sent('czj')).toEqual(['P3 claim before 2025-06-11']);
  expect(await on('2025-06-11')).toBe(2);
  expect(await on('2025-06-13')).toBe(1);
  expect(await on('2025-06-14')).toBe(0);
  expect(await sent('scjg')).toEqual([
    'P1 claim after 2025-06-10',
    'P1 claim on 2025-06-10',
    'P1 claim before 2025-06-10',
  ]);
  expect(await sent('czj')).toEqual([
    'P3 claim after 2025-06-11',
    'P3 claim on 2025-06-11',
    'P3 claim before 2025-06-11',
  ]);
}, 60_000);

test('claimed, it is reminded of no more, until its outcome falls due', async () => {
  await loadEvents(temporary.warehouse, [
    event(
      'licence.entered',
      '2025-06-20',
      'scjg',
      { doc_no: 'D', decided_on: '2025-06-16', kind: 'x', push_id: 'P2' },
      'S1',
    ),
  ]);
  // Seven workdays after 2025-06-16.
  expect(await on('2025-06-25')).toBe(1);
  expect((await sent('scjg'))[0]).toBe('P2 feedback on 2025-06-25');
}, 60_000);
