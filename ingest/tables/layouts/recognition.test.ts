/** Each layout is told from every other by its own columns. */
import { expect, test } from 'vitest';
import { findHeader } from '../headers/find-header.ts';
import type { Layout } from './layout.ts';
import { loadLayouts } from './load-layouts.ts';

const layouts = loadLayouts();
/** Generations of one national form, and the two lists that a word alone tells apart: one may be read as the other. */
const FAMILIES = [
  ['xk-a', 'xk-b', 'xk-c'],
  ['cf-a', 'cf-b', 'cf-c'],
  ['abnormal', 'blacklist'],
];
const related = (a: string, b: string) => FAMILIES.some((ids) => ids.includes(a) && ids.includes(b));

function sheetOf(layout: Layout) {
  const title = layout.recognisedBy ? [[layout.recognisedBy.above[0]!]] : [];
  const lines = [...layout.lines].map(([, [key]]) => [`${key}：某`]);
  const header = [...layout.template!.values()];
  return [...title, ...lines, header].map((cells, index) => ({ number: index + 1, cells }));
}
const withTemplate = layouts.filter(({ template }) => template);

test.each(withTemplate.map((layout) => [layout.id, layout] as const))('%s', (id, layout) => {
  const found = findHeader(sheetOf(layout), [], false, layouts);
  if ('nearest' in found) throw new Error(`${id} is not recognised; nearest is ${found.nearest?.layout.id}`);
  expect(found.layout.id).toBe(id);
  expect([...found.columns.keys()].sort()).toEqual([...layout.template!.keys()].sort());
  const others = layouts.filter((other) => other.id !== id && !related(other.id, id));
  expect(findHeader(sheetOf(layout), [], false, others)).not.toHaveProperty('layout');
});
