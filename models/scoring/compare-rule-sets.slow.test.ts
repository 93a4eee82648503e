/** A draft of a rule set on a past quarter: what changes is what its text changes, and nothing that is live. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TemporaryWarehouse, temporaryWarehouse } from '@hengjian/warehouse/testing.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { closeQuarter } from '../publication/close-quarter.ts';
import { findRuleSet } from '../ruleset/load-rule-sets.ts';
import { parseRuleSet } from '../ruleset/rule-set.ts';
import { loadProject } from '../runner/project.ts';
import { refresh } from '../runner/refresh.ts';
import { goldenG1 } from '../testing/golden-log.ts';
import { loadEvents } from '../testing/load-events.ts';
import { writeDirectly } from '../testing/write-directly.ts';
import { compareRuleSets } from './compare-rule-sets.ts';

const quarter = '2025Q2';
const now = new Date('2025-08-01T00:00:00Z');
let temporary: TemporaryWarehouse;
const environment = () => ({ dataDir: temporary.dataDir, ruleset: 'nantong-etdz' });
const inForce = findRuleSet('nantong-etdz');
/** Claims have ten workdays instead of five. */
const draft = parseRuleSet(
  inForce.text.replace(/claim\.deadlineWorkdays: 5\b/, 'claim.deadlineWorkdays: 10'),
  'draft.yaml',
);
/** The same, and seven of them after the quarter. */
const later = parseRuleSet(
  draft.text.replace(/(claim\.deadlineWorkdays: )10\b/, '$1[{ value: 10 }, { from: 2025-07-01, value: 7 }]'),
  'later.yaml',
);
const compare = (against?: string, asked = draft) =>
  compareRuleSets(temporary.warehouse, environment(), { quarter, draft: asked, against, now });

beforeAll(async () => {
  temporary = await temporaryWarehouse();
  await loadEvents(temporary.warehouse, goldenG1());
}, 300_000);
afterAll(() => temporary?.close());

it('changes what its text changes, exactly, and nothing live', { timeout: 600_000 }, async () => {
  expect(draft.text).not.toBe(inForce.text);
  const comparison = await compare();
  expect(comparison.before).toMatchObject({ id: 'nantong-etdz', status: 'draft' });
  expect(comparison.differences).toEqual(['parameters.claim.deadlineWorkdays: 5 → 10']);
  const unit = comparison.units.find(({ unit: id }) => id === 'scjg')!;
  const changed = unit.items.filter(({ before, after }) => JSON.stringify(before) !== JSON.stringify(after));
  // Deadlines in another quarter move pushes in and out, so that n and N change with t; no other item reads the limit.
  expect(changed.map(({ item }) => item)).toEqual(['claim']);
  expect(changed[0]!.before).toMatchObject({ numerator: 46, denominator: 50, on_time: 40 });
  const live = () =>
    temporary.warehouse.query('SELECT ruleset, quarter, max(build) AS build FROM builds GROUP BY ALL ORDER BY ALL');
  const builds = await live();
  // A limit that changes after the quarter is no difference of this one, in its figures as in its text.
  const changing = await compare(undefined, later);
  expect(changing.differences).toEqual(comparison.differences);
  expect(changing.units).toEqual(comparison.units);
  expect(changing.after.hash).toBe(later.hash);
  expect(await live()).toEqual(builds);
});

it('compares a published quarter as published: later events count on neither side', { timeout: 600_000 }, async () => {
  const { warehouse } = temporary;
  const project = loadProject(environment());
  await refresh(warehouse, project, { now });
  await closeQuarter({ warehouse, project, write: writeDirectly(warehouse), by: 'office', now }, quarter);
  const published = await compare();
  expect(published.before.status).toBe('published');
  await loadEvents(warehouse, [
    {
      source: 'test://late',
      id: 'late',
      type: 'registration.pushed',
      time: '2025-06-09T10:00:00+08:00',
      department: 'scjg',
      subject: 'S1',
      data: { push_id: 'late', bucket: 'licensed', matters: [] },
    },
  ]);
  await refresh(warehouse, project, { now });
  expect(await compare()).toEqual(published);
});

it('lays a published quarter beside a draft by the text that was published, whatever stands in the file today', {
  timeout: 600_000,
}, async () => {
  const directory = join(temporary.dataDir, 'rulesets');
  mkdirSync(directory, { recursive: true });
  const renamed = draft.text.replace('zh: 许可主体认领,', 'zh: 认领,');
  writeFileSync(join(directory, 'nantong-etdz.yaml'), renamed);
  try {
    const comparison = await compare(undefined, inForce);
    expect(comparison.before).toMatchObject({ status: 'published', hash: inForce.hash });
    expect(comparison.differences).toEqual([]);
    const edited = await compare(undefined, findRuleSet('nantong-etdz', temporary.dataDir));
    expect(edited.before.hash).toBe(inForce.hash);
    expect(edited.differences).toEqual([
      'parameters.claim.deadlineWorkdays: 5 → 10',
      'items[claim].name.zh: "许可主体认领" → "认领"',
    ]);
  } finally {
    rmSync(directory, { recursive: true });
  }
});

it('lays rates beside points: no total is invented', { timeout: 600_000 }, async () => {
  const comparison = await compareRuleSets(temporary.warehouse, environment(), {
    quarter,
    draft: findRuleSet('jieshou'),
    now,
  });
  const unit = comparison.units.find(({ unit: id }) => id === 'scjg')!;
  expect(unit.before!.total).not.toBeNull();
  expect(unit.after).toEqual({ rank: null, total: null });
  expect(unit.items.find(({ item }) => item === 'claim')!.after).toMatchObject({ points: null, weight: null });
});
