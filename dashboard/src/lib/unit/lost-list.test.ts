import type { LostPoint } from '@hengjian/models/queries/read-explanation.ts';
import { expect, test } from 'vitest';
import { lostPage, searchLost, sumByKind } from './lost-list.ts';

const row = (kind: string, points: number): LostPoint => ({
  kind,
  key: 'k',
  subject: null,
  event: null,
  due: null,
  happened: null,
  clause: '',
  points,
});
const lost = [
  ...Array.from({ length: 150 }, () => row('claimed_late', 0.01)),
  row('unclaimed', 1),
  row('unclaimed', 1),
];

test('sums by cause, the costliest first', () => {
  expect(sumByKind(lost).map(({ kind, rows }) => [kind, rows])).toEqual([
    ['unclaimed', 2],
    ['claimed_late', 150],
  ]);
});

test('pages hold every row once and stay inside the list', () => {
  const seen = [1, 2].flatMap((page) => lostPage(lost, null, page).rows);
  expect(seen).toEqual(lost);
  expect(lostPage(lost, null, 99)).toMatchObject({ page: 2, pages: 2, from: 101, to: 152, total: 152 });
  expect(lostPage(lost, 'unclaimed', Number.NaN)).toMatchObject({ page: 1, pages: 1, from: 1, to: 2 });
  expect(lostPage([], null, 0)).toMatchObject({ page: 1, pages: 1, from: 0, to: 0, total: 0 });
});

test('rows are found by number, code and name, whatever the case', () => {
  const row = (key: string, subject: string | null): LostPoint => ({
    kind: 'unclaimed',
    key,
    subject,
    event: null,
    due: null,
    happened: null,
    clause: '',
    points: 1,
  });
  const rows = [row('P-1', '91320100MA1XYWG030'), row('P-2', '91320600MA1DEM015E'), row('2025-04-01', null)];
  const names = new Map([['91320600MA1DEM015E', '南通某某餐饮店']]);
  const found = (q: string) => searchLost(rows, q, names).map(({ key }) => key);
  expect(found('')).toEqual(['P-1', 'P-2', '2025-04-01']);
  expect(found(' p-1 ')).toEqual(['P-1']);
  expect(found('ma1dem')).toEqual(['P-2']);
  expect(found('餐饮')).toEqual(['P-2']);
  expect(found('nothing')).toEqual([]);
});
