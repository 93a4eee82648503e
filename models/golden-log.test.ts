/**
 * The golden log (scoring.md §5), built once for all of these: what the commands say, the golden values, the reader of
 * figures, the funnel.
 */
import { roundExact } from '@hengjian/contract/round-exact.ts';
import type { Scope } from '@hengjian/contract/scope.ts';
import type { Warehouse } from '@hengjian/warehouse';
import { type TemporaryWarehouse, temporaryWarehouse } from '@hengjian/warehouse/testing.ts';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { FigureReader } from './queries/figure-reader.ts';
import { funnel } from './queries/funnel.ts';
import { listQuarters } from './queries/list-quarters.ts';
import { readExplanation } from './queries/read-explanation.ts';
import { readItems } from './queries/read-items.ts';
import { readScores } from './queries/read-scores.ts';
import { readUnitExplanations } from './queries/read-unit-explanations.ts';
import { readUnitHistory } from './queries/read-unit-history.ts';
import { readRows } from './queries/statement.ts';
import { goldenG1, goldenG2 } from './testing/golden-log.ts';
import { loadEvents } from './testing/load-events.ts';
import { type MartUnit, marts } from './testing/marts.ts';
import { runModelCommand } from './testing/run-model-command.ts';

const ruleset = 'nantong-etdz';
const quarter = '2025Q2';
const office: Scope = { account: 'o', roles: ['office'], units: 'all', areas: 'all' };
let temporary: TemporaryWarehouse;
beforeAll(async () => {
  temporary = await temporaryWarehouse();
  await loadEvents(temporary.warehouse, [...goldenG1(), ...goldenG2()]);
});
afterAll(() => temporary?.close());

describe('the commands of the models room', () => {
  const run = (...args: string[]) => runModelCommand(temporary, ...args);

  it('refresh by themselves before they answer', async () => {
    const table = await run('score', '2025Q2');
    expect(table).toMatch(/Administrative Approval Bureau +94\.57/);
    expect(table).toMatch(/Market Supervision Bureau +83\.48/);
    expect(await run('refresh')).toMatch(/^0 new events; nothing to build/);
    const claim = JSON.parse(await run('explain', '2025Q2', 'scjg', 'claim', '--json'));
    expect(claim.lost).toHaveLength(10);
    expect(await run('explain', '2025Q2', 'scjg', 'claim')).toMatch(/8·46\/50 \+ 2·40\/46/);
  });
});

describe('golden values of scoring.md §5', () => {
  let units: MartUnit[];
  const unit = (id: string) => units.find((candidate) => candidate.unit === id)!;
  const points = (id: string) =>
    Object.fromEntries(unit(id).items.map((item) => [item.item, roundExact(item.points, 4)]));
  beforeAll(async () => {
    units = await marts(temporary.warehouse, quarter);
  });

  it('G1: a full-duty unit', () => {
    expect(points('scjg')).toEqual({
      login: '9.0164',
      claim: '9.0991',
      feedback: '8.4667',
      licence: '8.9000',
      dishonest: '15.0000',
      unlicensed: '2.5000',
      dr_single: '8.5000',
      dr_joint: '7.0000',
      dr_publish: '9.0000',
      meeting: '6.0000',
    });
    expect(unit('scjg').total).toBe('17568827/210450');
  });

  it('G2: xzsp, whose missing duties are reallocated', () => {
    expect(points('xzsp')).toEqual({
      login: '10.0000',
      claim: '20.5719',
      feedback: '20.5833',
      licence: '21.6667',
      dishonest: '12.7500',
      meeting: '9.0000',
    });
    expect(unit('xzsp').total).toBe('26953/285');
    expect(unit('xzsp').items.find((item) => item.item === 'claim')!.weight).toBe('65/3');
  });
});

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
  office,
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
      reader.explanation(quarter, 'xzsp', 'claim'),
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
    await readExplanation(plain, scope, ruleset, quarter, 'xzsp', 'claim'),
    await readUnitExplanations(plain, scope, ruleset, quarter, 'scjg', 8),
    await readUnitHistory(plain, scope, ruleset, 'scjg'),
  ]);
  expect(answers[2].ok && answers[2].value.quarter).toBe(quarter);
});

test('the funnel shows the pushes that the score counts', async () => {
  const rows = await readRows(temporary.reader, funnel(office, { ruleset, quarter, on: '2025-07-09', unit: 'scjg' }));
  const sum = (figure: 'pushed' | 'claim_on_time' | 'claim_late' | 'claim_open' | 'claim_overdue') =>
    rows.reduce((total, row) => total + row[figure], 0);
  expect([sum('pushed'), sum('claim_on_time'), sum('claim_late')]).toEqual([50, 40, 6]);
  expect([sum('claim_open'), sum('claim_overdue')]).toEqual([0, 4]);
});
