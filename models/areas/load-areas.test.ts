import { expect, test } from 'vitest';
import { loadAreas, parseAreas } from './load-areas.ts';

test('the areas of the product have names in both languages and a tile each to itself', () => {
  const areas = loadAreas();
  expect(areas.get('320671002')).toEqual({ zh: '第二街道', en: 'Second Subdistrict', tile: [1, 0] });
});

test('a file of one’s own is refused with everything that is wrong in it', () => {
  const refused = (text: string) => () => parseAreas(text, 'areas.yaml');
  expect(refused('areas: [')).toThrow(/areas\.yaml holds no usable areas: it is not YAML/);
  expect(refused('x: 1')).toThrow(/it needs a map "areas"/);
  expect(refused('areas: {"990000": {zh: a, en: b}}')).toThrow(/990000 is no area code/);
  expect(refused('areas: {"320671": {zh: a, tile: [0.5, 0]}}')).toThrow(
    /320671 has no name in en; 320671: tile must be/,
  );
  expect(refused('areas: {"320671": {zh: a, en: a, tile: [1, 1]}, "320672": {zh: b, en: b, tile: [1, 1]}}')).toThrow(
    /two areas stand on tile 1,1/,
  );
});
