import { expect, test } from 'vitest';
import type { ChangedRow } from './changed-rows.ts';
import { causesOf } from './find-causes.ts';
import type { LateEvent } from './late-events.ts';
import type { ItemChange } from './snapshot-changes.ts';

const event = (id: string, changes: Partial<LateEvent> = {}): LateEvent => ({
  source: 'urn:x',
  id,
  type: 'push.claimed',
  time: '2025-06-16 09:00:00.000000',
  recorded_at: '2025-08-01 10:00:00.000000',
  ids: new Set([`urn:x\t${id}`]),
  departments: new Set(['scjg']),
  subjects: [],
  texts: new Set(),
  loginDays: new Set(),
  ofEveryUnit: false,
  ...changes,
});
const row = (measure: string, key: string, unit = 'scjg', subject = ''): ChangedRow => ({
  unit,
  measure,
  key,
  subject,
  event_source: '',
  event_id: '',
});
const score = { weight: '10', points: '9', numerator: 1, denominator: 2, on_time: null };
const change = (item: string, unit = 'scjg', after: Partial<ItemChange['after']> = { points: '8' }): ItemChange => ({
  unit,
  item,
  before: score,
  after: { ...score, ...after },
});
const MEASURES = new Map(['claim', 'login', 'unlicensed'].map((item) => [item, new Set([item])]));
const causes = (changes: ItemChange[], rows: ChangedRow[], events: LateEvent[]) =>
  causesOf(changes, rows, events, MEASURES).map(({ unit, item, events: found }) => [
    unit,
    item,
    ...found.map(({ id }) => id),
  ]);

test('an event causes the rows whose key it speaks of, and no others', () => {
  const events = [event('claims P1', { texts: new Set(['P1']) }), event('claims P9', { texts: new Set(['P9']) })];
  expect(causes([change('claim')], [row('claim', 'P1')], events)).toEqual([['scjg', 'claim', 'claims P1']]);
});

test('of one task only the event of the subject', () => {
  const of = (subject: string) => event(subject, { texts: new Set(['T1']), subjects: [subject] });
  expect(causes([change('claim')], [row('claim', 'T1', 'scjg', 'S1')], [of('S1'), of('S2')])).toEqual([
    ['scjg', 'claim', 'S1'],
  ]);
});

test('words and days are those of the unit itself', () => {
  const login = (id: string, department: string) =>
    event(id, { departments: new Set([department]), loginDays: new Set(['2025-06-16']) });
  const events = [login('own', 'scjg'), login('other', 'czj')];
  expect(causes([change('login')], [row('login', '2025-06-16')], events)).toEqual([['scjg', 'login', 'own']]);
});

test('a mark names item and unit; an outage explains what nothing else does', () => {
  const mark = event('mark', { departments: new Set(['office']), texts: new Set(['scjg', 'unlicensed']) });
  const outage = event('outage', { departments: new Set(['office']), ofEveryUnit: true });
  const claim = event('claim', { texts: new Set(['P1']) });
  expect(
    causes([change('unlicensed'), change('claim')], [row('claim', 'P1'), row('claim', 'P2')], [mark, outage, claim]),
  ).toEqual([
    ['scjg', 'unlicensed', 'mark'],
    ['scjg', 'claim', 'outage', 'claim'],
  ]);
});

test('a place that only moved was moved by the events of the others', () => {
  const moved = change('claim', 'czj', { rank: 2 });
  moved.before = { ...score, rank: 1 };
  expect(causes([moved, change('claim')], [row('claim', 'P1')], [event('late', { texts: new Set(['P1']) })])).toEqual([
    ['czj', 'claim', 'late'],
    ['scjg', 'claim', 'late'],
  ]);
});
