/** The balance of events alone, over many short histories: judged by what new events can change, it is what judging all events gives. */
import type { Warehouse } from '@hengjian/warehouse';
import { type TemporaryWarehouse, temporaryWarehouse } from '@hengjian/warehouse/testing.ts';
import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { loadEvents } from '../../testing/load-events.ts';
import { RATE_DISTRICTS } from '../../testing/oracle/rates-districts.ts';
import { randomRateLog } from '../../testing/oracle/rates-random-log.ts';
import { type History, randomHistory } from '../../testing/random-history.ts';
import { compileGraph, prune } from '../compile-graph.ts';
import { loadProject, type Project } from '../project.ts';
import { type RefreshOptions, refresh } from '../refresh.ts';

const BALANCE = 'mart_event_balance';
const RUNS = Number(process.env.JUDGED_RUNS ?? 1);
const OPTIONS: RefreshOptions = {
  quarters: ['2025Q1', '2025Q2'],
  now: new Date('2025-12-01T00:00:00Z'),
  judgedWhole: 0,
};

/** A project that stores nothing but the balance and what it reads; what the rule set reads is as ever. */
function balanceProject(ruleset: string): Project {
  const project = loadProject({ ruleset });
  const { models, catalogue, hash } = project.graph;
  const needed = new Set(prune(project.graph, [BALANCE]));
  const inline = models.map((model) =>
    needed.has(model) || model.kind === 'measure' ? model : { ...model, kind: 'ephemeral' as const },
  );
  return { ...project, graph: compileGraph(inline, hash, catalogue) };
}

let temporary: TemporaryWarehouse;
const ways = new Map<string, number>();
beforeAll(async () => {
  temporary = await temporaryWarehouse();
});
afterAll(async () => {
  await temporary.close();
  console.info(Object.fromEntries(ways));
});

const rowsOf = (warehouse: Warehouse, { ruleSet }: Project) =>
  warehouse.query(`SELECT * FROM ${BALANCE} WHERE ruleset = {id:String} ORDER BY quarter, type, why, value`, {
    id: ruleSet.id,
  });

async function follow(project: Project, { events, sequences }: History): Promise<void> {
  const { warehouse } = temporary;
  await warehouse.command('TRUNCATE TABLE events');
  const stored = new Set<string>();
  let taken = 0;
  for (const steps of sequences) {
    for (const { events: count } of steps) {
      const news = events.slice(taken, taken + count).filter(({ source, id }) => !stored.has(`${source}\n${id}`));
      taken += count;
      for (const { source, id } of news) stored.add(`${source}\n${id}`);
      await loadEvents(warehouse, news);
      const found = (await refresh(warehouse, project, OPTIONS)).ways;
      for (const { models, whole } of found) {
        const way = models.get(BALANCE)?.way ?? whole!;
        ways.set(way, (ways.get(way) ?? 0) + 1);
      }
    }
    const narrowed = await rowsOf(warehouse, project);
    await refresh(warehouse, project, { ...OPTIONS, full: true });
    expect(narrowed).toEqual(await rowsOf(warehouse, project));
  }
}

/** Two that read attachments and publications of records, and other things. */
const DISTRICTS = RATE_DISTRICTS.filter(({ id }) => ['baoshan', 'national'].includes(id));
it.each(DISTRICTS)('by the rules of $id', { timeout: 3_600_000 }, (district) => {
  const project = balanceProject(district.id);
  return fc.assert(
    fc.asyncProperty(randomHistory(randomRateLog(district, 90), 3), (history) => follow(project, history)),
    { numRuns: RUNS, endOnFailure: true },
  );
});

it('judged aside', () => {
  expect(ways.get('judged')).toBeGreaterThan(0);
});
