import { expect, test } from 'vitest';
import { catalogue } from '../i18n/catalogue.ts';
import { placeOf, SECTIONS } from './places.ts';

test('every section and place has its text', () => {
  const keys = SECTIONS.flatMap(({ key, places }) => [key, ...places.map((place) => place.key)]);
  expect(keys.filter((key) => !Object.hasOwn(catalogue, key))).toEqual([]);
});

test('an address belongs to the longest place that begins it, on the border of a step', () => {
  const places = [{ href: '/' }, { href: '/stream' }, { href: '/stream/rejects' }];
  expect(placeOf('/', places)).toBe('/');
  expect(placeOf('/stream', places)).toBe('/stream');
  expect(placeOf('/stream/rejects', places)).toBe('/stream/rejects');
  expect(placeOf('/streams', places)).toBeUndefined();
});
