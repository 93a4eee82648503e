import type { PlaceFigure } from '@hengjian/models/queries/places.ts';
import { expect, test } from 'vitest';
import { placeRows } from './place-rows.ts';
import { smallBelow } from './small-below.ts';

const figure = (
  place: string,
  item: string,
  n: number,
  due: number,
  onTime: number | null,
  rank: number,
): PlaceFigure => ({
  place,
  item,
  numerator: n,
  denominator: due,
  on_time: onTime,
  rank,
});
const figures = [
  figure('b', 'claim', 9, 10, null, 2),
  figure('b', 'entry', 20, 20, 15, 1),
  figure('a', 'claim', 3, 3, null, 1),
  figure('', 'claim', 0, 1, null, 3),
];

test('a row a place: the known in their order, the others behind; a cell is empty where nothing was due', () => {
  const rows = placeRows(figures, ['claim', 'entry'], () => 10, ['b', 'c']);
  expect(rows.map(({ place }) => place)).toEqual(['b', '', 'a']);
  expect(rows[2]!.cells[1]).toBeNull();
});

test('a cell is coloured by the share in time, without a deadline by the share done, and marked where few were due', () => {
  const [b, , a] = placeRows(figures, ['claim', 'entry'], () => 10, ['b']);
  expect(b!.cells).toMatchObject([
    { level: 90, small: false, rank: 2 },
    { level: 70, onTime: 15 },
  ]);
  expect(a!.cells[0]).toMatchObject({ level: 100, small: true });
  const rules = { data: { badges: { small_n: 10 }, items: [{ id: 'claim', parts: [{ complete: true }] }] } } as never;
  const [, , whole] = placeRows(figures, ['claim'], smallBelow(rules), ['b']);
  expect(whole!.cells[0]).toMatchObject({ level: 100, small: false });
});
