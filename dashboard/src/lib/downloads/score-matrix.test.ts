import type { DataTable } from '@hengjian/contract/data-table.ts';
import type { Scores } from '@hengjian/models/queries/read-scores.ts';
import { expect, test } from 'vitest';
import { scoreMatrix } from './score-matrix.ts';
import { tableResponse } from './table-response.ts';

const RULE_SETS = [{ id: 'r', name: { zh: '南通办法', en: 'Nantong rules' }, pages: [] }];
const scores = (facts: Partial<Scores>): Scores => ({
  quarter: '2025Q2',
  ruleset: { id: 'r', version: '1.0.0' },
  status: 'draft',
  as_of: '2025-07-01T10:00:00+08:00',
  cutoff: null,
  units: [],
  ...facts,
});
const notesOf = (table: DataTable) => table.notes!.map(({ title, text }) => [title, text]);

test('in a workbook people read of the state and the rules what the page says', () => {
  expect(notesOf(scoreMatrix('zh-CN', scores({}), [], RULE_SETS))).toEqual([
    ['期间', '2025年第二季度'],
    ['状态', '草稿（未发布，结果可能变动）'],
    ['统计截止', '统计截止日待国务院发布放假安排后确定'],
    ['数据截至', '2025年7月1日 10:00'],
    ['评分规则', '南通办法（第1.0.0版）'],
  ]);
  const published = scores({ status: 'published', cutoff: '2025-07-10T00:00:00+08:00' });
  expect(notesOf(scoreMatrix('en', published, [], RULE_SETS))).toEqual([
    ['Period', 'Q2 2025'],
    ['State', 'Published'],
    ['Counts events up to', 'end of 9 Jul 2025'],
    ['Data as of', '1 Jul 2025 10:00'],
    ['Rule set', 'Nantong rules, version 1.0.0'],
  ]);
});

test('CSV keeps the names that programs read', async () => {
  const table = scoreMatrix('zh-CN', scores({}), [], RULE_SETS);
  const none = { writeWorkbook: () => Promise.reject(new Error('no workbook')) };
  const text = await (await tableResponse(none, 'csv', table)).text();
  expect(text.trim().split('\r\n').slice(-5)).toEqual([
    'quarter,2025Q2',
    'status,draft',
    'cutoff,',
    'as_of,2025-07-01T10:00:00+08:00',
    'ruleset,r 1.0.0',
  ]);
});

test('without points there is no total: each item has what was due, done, in time, and its rank', async () => {
  const items = [
    { item: 'claim', numerator: 9, denominator: 10, on_time: 8, rank: 1, points: null, weight: null, badges: [] },
  ];
  const units = [{ unit: 'gaj', name: '市公安局', name_en: '', rank: null, total: null, items }];
  const entry = { item: 'claim', name: '认领', name_en: 'Claiming' };
  const made = scoreMatrix('zh-CN', scores({ units } as object), [entry] as never, RULE_SETS);
  const rows = [];
  for await (const batch of made.batches) rows.push(...batch);
  expect(rows).toEqual([['gaj', '市公安局', 9, 10, 8, 1]]);
  expect(made.columns.map(({ title }) => title)).toEqual([
    ...['单位代码', '单位', '认领 办结数', '认领 应办数', '认领 按期办结数', '认领 本项名次'],
  ]);
  expect(notesOf(made).at(-1)).toEqual(['总分', '本办法未设分值，不计总分：各单位逐项排名。']);
});
