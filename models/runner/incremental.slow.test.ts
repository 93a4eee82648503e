/**
 * Whatever comes in whatever order, what incremental refreshes leave is, row for row, what a full build gives.
 * `INCREMENTAL_RUNS` histories a rule set (of `INCREMENTAL_SEQUENCES` sequences of refreshes each), `INCREMENTAL_SEED` repeats a run.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Warehouse } from '@hengjian/warehouse';
import { type TemporaryWarehouse, temporaryWarehouse } from '@hengjian/warehouse/testing.ts';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadEvents, type TestEvent } from '../testing/load-events.ts';
import { randomLog } from '../testing/oracle/random-district.ts';
import { RATE_DISTRICTS } from '../testing/oracle/rates-districts.ts';
import { randomRateLog } from '../testing/oracle/rates-random-log.ts';
import { type Break, type History, randomHistory, type Step } from '../testing/random-history.ts';
import { quarterModels } from './compile-graph.ts';
import { keptRuleSets, loadProject, type Project } from './project.ts';
import { planOnly, type RefreshOptions, refresh } from './refresh.ts';

const SEQUENCES = Number(process.env.INCREMENTAL_SEQUENCES ?? 2);
const RUNS = Number(process.env.INCREMENTAL_RUNS ?? 1);
const SEED = process.env.INCREMENTAL_SEED ? { seed: Number(process.env.INCREMENTAL_SEED) } : {};
const OPTIONS: RefreshOptions = {
  quarters: ['2025Q1', '2025Q2'],
  now: new Date('2025-12-01T00:00:00Z'),
  judgedWhole: 0,
};

const builtin = (file: string) => readFileSync(fileURLToPath(new URL(`../${file}`, import.meta.url)), 'utf8');
const scratch = mkdtempSync(join(tmpdir(), 'hengjian-incremental-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** The rule sets as they are, and with another cut-off, other deadlines and days off, and without a unit in the second quarter. */
function projectsOf(...ids: string[]): [Project, Project] {
  const of = (n: number): Project => {
    const dataDir = join(scratch, `${ids.join('-')}-${n}`);
    mkdirSync(join(dataDir, 'rulesets'), { recursive: true });
    mkdirSync(join(dataDir, 'calendars'), { recursive: true });
    const notice = builtin('calendar/notices/2025.yaml');
    writeFileSync(
      join(dataDir, 'calendars', '2025.yaml'),
      n === 0 ? notice : notice.replace('[2025-04-04, 2025-04-06]', '[2025-04-03, 2025-04-08]'),
    );
    for (const id of ids) {
      const text = builtin(`ruleset/builtin/${id}.yaml`).replace(/^id: .*$/m, `id: own-${id}`);
      const changed = text
        .replace('graceWorkdays: 7', 'graceWorkdays: 3')
        .replace('claim.deadlineWorkdays: 5', 'claim.deadlineWorkdays: 3')
        .replace(/\bid: (gaj|shsy),/, 'id: $1, to: 2025-04-15,');
      writeFileSync(join(dataDir, 'rulesets', `own-${id}.yaml`), n === 0 ? text : changed);
    }
    return loadProject({ dataDir, ruleset: ids.map((id) => `own-${id}`).join(',') });
  };
  return [of(0), of(1)];
}

/** All rows of all models that are shown, as text. */
async function rowsOf(warehouse: Warehouse, project: Project): Promise<string[]> {
  const models = new Set(
    keptRuleSets(project).flatMap(({ bindings }) => quarterModels(project.graph, bindings).map(({ name }) => name)),
  );
  const each = [...models].map((name) => `SELECT '${name}' AS model, formatRow('JSONEachRow', *) AS line FROM ${name}`);
  const rows = await warehouse.query<{ model: string; line: string }>(each.join('\nUNION ALL\n'));
  return rows.map(({ model, line }) => `${model} ${line}`).sort();
}

class Broken extends Error {}

/** A refresh that ends before it shows anything. */
async function breakOff(warehouse: Warehouse, project: Project, where: Break): Promise<void> {
  if (where === 'noted') {
    await planOnly(warehouse, project, OPTIONS);
    return;
  }
  const stop = new AbortController();
  let quarters = 0;
  const onProgress = () => {
    quarters += 1;
    if (quarters === 2) stop.abort(new Broken());
  };
  const failing: Warehouse = {
    ...warehouse,
    insert: (table, ...rest) => (table === 'builds' ? Promise.reject(new Broken()) : warehouse.insert(table, ...rest)),
  };
  await (where === 'built in part'
    ? refresh(warehouse, project, { ...OPTIONS, onProgress, signal: stop.signal })
    : refresh(failing, project, OPTIONS)
  ).catch((error: unknown) => {
    if (!(error instanceof Broken)) throw error;
  });
}

describe('an incremental refresh', () => {
  let temporary: TemporaryWarehouse;
  let compared = 0;
  /** How models came to their rows. */
  const seen = new Map<string, number>();
  beforeAll(async () => {
    temporary = await temporaryWarehouse();
  });
  afterAll(async () => {
    await temporary.close();
    console.info(`${compared} sequences of refreshes were compared with a full build:`, Object.fromEntries(seen));
  });

  const follow = async (projects: [Project, Project], { events, sequences }: History): Promise<void> => {
    const { warehouse } = temporary;
    await warehouse.command('TRUNCATE TABLE events');
    const stored = new Set<string>();
    let taken = 0;
    const record = async (count: number) => {
      const news = events.slice(taken, taken + count);
      taken += count;
      const fresh = news.filter(({ source, id }) => !stored.has(`${source}\n${id}`));
      for (const { source, id } of fresh) stored.add(`${source}\n${id}`);
      await loadEvents(warehouse, fresh);
    };
    const take = async ({ events: count, broken, rules, slices }: Step) => {
      await record(count);
      for (const where of broken) {
        await breakOff(warehouse, projects[rules], where);
        await record(1);
      }
      const { ways } = await refresh(warehouse, projects[rules], { ...OPTIONS, slices });
      for (const { models } of ways) for (const [, { way }] of models) seen.set(way, (seen.get(way) ?? 0) + 1);
    };
    for (const steps of sequences) {
      for (const step of steps) await take(step);
      const project = projects[steps.at(-1)!.rules];
      const incremental = await rowsOf(warehouse, project);
      await refresh(warehouse, project, { ...OPTIONS, full: true });
      expect(incremental).toEqual(await rowsOf(warehouse, project));
      compared += 1;
    }
  };

  const LOGS: [string, string[], fc.Arbitrary<TestEvent[]>][] = [
    ['Nantong', ['nantong-etdz'], randomLog(90)],
    ...RATE_DISTRICTS.map((district): [string, string[], fc.Arbitrary<TestEvent[]>] => [
      district.id,
      [district.id],
      randomRateLog(district, 90),
    ]),
  ];
  it.each(LOGS)('equals a full build, row for row, by the rules of %s', { timeout: 7_200_000 }, (_, ids, log) => {
    const projects = projectsOf(...ids);
    return fc.assert(
      fc.asyncProperty(randomHistory(log, SEQUENCES), (history) => follow(projects, history)),
      { numRuns: RUNS, endOnFailure: true, ...SEED },
    );
  });

  it('took every way of coming to rows', () => {
    expect([...seen].filter(([, times]) => times > 0).map(([way]) => way)).toEqual(
      expect.arrayContaining(['kept', 'narrowed', 'summed', 'judged', 'whole']),
    );
  });
});
