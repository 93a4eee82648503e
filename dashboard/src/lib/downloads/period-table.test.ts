import type { FigureReader } from '@hengjian/models/queries/figure-reader.ts';
import { expect, test } from 'vitest';
import { periodTable } from './period-table.ts';

test.each([
  ['zh-CN', '基数小、临近门槛、unheard_of'],
  ['en', 'Small n, Near threshold, unheard_of'],
] as const)('badges are said in words: %s', async (locale, words) => {
  const figures = {
    async *batches() {
      yield [{ unit: 'scjg', points: '9.5', badges: ['small_n', 'near_threshold', 'unheard_of'] }, { badges: [] }];
    },
  } as unknown as FigureReader;
  const table = periodTable(locale, figures, 'scores', { sql: '', params: {} }, 'x');
  const rows = [];
  for await (const batch of table.batches) rows.push(...batch);
  expect(rows.map((row) => row.at(-1))).toEqual([words, null]);
  expect(rows[0]).toContain(9.5);
});
