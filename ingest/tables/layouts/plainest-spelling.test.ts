import { expect, test } from 'vitest';
import { headerKey, spells } from './layout.ts';
import { loadLayouts } from './load-layouts.ts';
import { plainestSpelling } from './plainest-spelling.ts';

test.each(loadLayouts().map((layout) => [layout.id, layout] as const))(
  'of %s every column has a header to be named by, by which it is found',
  (_, { columns }) => {
    for (const [name, spelling] of columns) {
      const plainest = plainestSpelling(spelling)!;
      expect(plainest, name).toMatch(/^[^()[\]|?.*^$]+$/);
      expect(spells(spelling, headerKey(plainest)), `${name}: ${plainest}`).toBe(true);
    }
  },
);
