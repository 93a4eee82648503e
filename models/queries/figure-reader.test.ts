import type { Scope } from '@hengjian/contract/scope.ts';
import type { Warehouse } from '@hengjian/warehouse';
import { type TemporaryWarehouse, temporaryWarehouse } from '@hengjian/warehouse/testing.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadProject } from '../runner/project.ts';
import { refresh } from '../runner/refresh.ts';
import { loadEvents } from '../testing/load-events.ts';
import { FigureReader } from './figure-reader.ts';
import { listQuarters } from './list-quarters.ts';
import { readExplanation } from './read-explanation.ts';
import { readItems } from './read-items.ts';
import { readScores } from './read-scores.ts';
import { readUnitExplanations } from './read-unit-explanations.ts';
import { readUnitHistory } from './read-unit-history.ts';

const ruleset = 'nantong-etdz';
const quarter = '2025Q2';
let temporary: TemporaryWarehouse;
beforeAll(async () => {
  temporary = await temporaryWarehouse();
  const { warehouse } = temporary;
  await loadEvents(
    warehouse,
    ['scjg', 'czj'].map((department) => ({
      source: 'https://test.example/push',
      id: department,
      type: 'registration.pushed',
      time: '2025-05-12T09:00:00+08:00',
      department,
      subject: '91320100MA1XYWG030',
      data: { push_id: department, bucket: 'licensed', matters: [] },
    })),
  );
  await refresh(warehouse, loadProject());
}, 120_000);
afterAll(() => temporary?.close());

/** The warehouse, with a list of the questions that reach it. */
function counted(): { warehouse: Warehouse; questions: string[] } {
  const questions: string[] = [];
  const { warehouse } = temporary;
  return {
    questions,
    warehouse: {
      ...warehouse,
      query: (sql, params, settings) => {
        questions.push(JSON.stringify([sql, params]));
        return warehouse.query(sql, params, settings);
      },
    },
  };
}

const scopes: Scope[] = [
  { account: 'o', roles: ['office'], units: 'all', areas: 'all' },
  { account: 'u', roles: ['unit'], units: ['scjg'], areas: 'all' },
  { account: 'a', roles: ['office'], units: 'all', areas: ['320671001'] },
];

test.each(scopes)('$account reads the same as by the named queries, and asks nothing twice', async (scope) => {
  const { warehouse, questions } = counted();
  const reader = new FigureReader(warehouse, scope, ruleset);
  const read = () =>
    Promise.all([
      reader.quarters(),
      reader.items(quarter),
      reader.scores(quarter),
      reader.explanation(quarter, 'scjg', 'claim'),
      reader.explanation(quarter, 'czj', 'claim'),
      reader.unitExplanations(quarter, 'scjg', 8),
      reader.unitHistory('scjg'),
    ]);
  const answers = await read();
  const asked = questions.length;
  expect(new Set(questions).size).toBe(asked);
  for (const [at, answer] of (await read()).entries()) expect(answer).toBe(answers[at]);
  expect(questions.length).toBe(asked);
  const { warehouse: plain } = temporary;
  expect(answers).toEqual([
    await listQuarters(plain, scope, ruleset),
    await readItems(plain, scope, ruleset, quarter),
    await readScores(plain, scope, ruleset, quarter),
    await readExplanation(plain, scope, ruleset, quarter, 'scjg', 'claim'),
    await readExplanation(plain, scope, ruleset, quarter, 'czj', 'claim'),
    await readUnitExplanations(plain, scope, ruleset, quarter, 'scjg', 8),
    await readUnitHistory(plain, scope, ruleset, 'scjg'),
  ]);
  expect(answers[2].ok && answers[2].value.quarter).toBe(quarter);
});
