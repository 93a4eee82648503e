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
  const table = periodTable(locale, figures, {
    table: 'scores',
    statement: { sql: '', params: {} },
    name: 'x',
    points: true,
  });
  const rows = [];
  for await (const batch of table.batches) rows.push(...batch);
  expect(rows.map((row) => row.at(-1))).toEqual([words, null]);
  expect(rows[0]).toContain(9.5);
});

test.each([
  ['scores', true, '评分'],
  ['scores', false, '指标'],
  ['lost', true, '失分明细'],
  ['lost', false, '未办和逾期明细'],
] as const)('the sheet of %s, with points: %s, is called %s', (table, points, sheet) => {
  const figures = { async *batches() {} } as unknown as FigureReader;
  const statement = { sql: '', params: {} };
  const made = periodTable('zh-CN', figures, { table, statement, name: 'x', points });
  expect(made.sheet).toBe(sheet);
  expect(made.columns.filter(({ title }) => title === '单位')).toHaveLength(1);
  const titles = made.columns.map(({ title }) => title);
  expect(['总分', '满分', '得分', '失分'].some((title) => titles.includes(title))).toBe(points);
});
