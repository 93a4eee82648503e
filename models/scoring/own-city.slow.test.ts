import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TemporaryWarehouse, temporaryWarehouse } from '@hengjian/warehouse/testing.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { KINDS_DIRECTORY, loadCatalogue, MEASURES_DIRECTORY } from '../ruleset/catalogue.ts';
import { findRuleSet } from '../ruleset/load-rule-sets.ts';
import { examplesFileOf } from '../ruleset/new-rule-set.ts';
import { readWorkedExamples } from '../ruleset/worked-examples.ts';
import { loadProject } from '../runner/project.ts';
import { runWorkedExamples } from './run-worked-examples.ts';

let temporary: TemporaryWarehouse;
const dataDir = mkdtempSync(join(tmpdir(), 'hengjian-own-city-'));
beforeAll(async () => {
  temporary = await temporaryWarehouse();
  mkdirSync(join(dataDir, 'rulesets'));
});
afterAll(async () => {
  await temporary.close();
  rmSync(dataDir, { recursive: true, force: true });
});

const head = (id: string) => `id: ${id}
version: "1"
name: { zh: 示例市, en: Example }
source: 示例文件
in_force: { from: null, to: null }
badges: { small_n: 10 }
`;
const units = `units:
  - { id: a, name: 甲局, duties: [licence], regions: ["330100"] }
  - { id: b, name: 乙局, duties: [licence] }
`;
const events = `
    - { at: 2025-04-10, type: registration.pushed, department: x, region: "330100001", subject: S, push_id: P1, bucket: licensed }
    - { at: 2025-04-15, type: push.claimed, department: x, push_id: P1 }
    - { at: 2025-04-10, type: registration.pushed, department: b, subject: S, push_id: P2, bucket: licensed }
    - { at: 2025-04-16, type: guidance.given, department: b, push_id: P2 }`;

it('a city by YAML alone: rates, other limits, units by region, worked examples', async () => {
  const file = join(dataDir, 'rulesets', 'sixth.yaml');
  writeFileSync(
    file,
    `${head('sixth')}parameters: { claim.deadlineWorkdays: 2, rank.by: done }
items:
  - { id: claim, name: { zh: 认领, en: Claims }, duty: [licence], clause: 示例 一, parts: [{ id: rate, kind: rate, measure: push_claim, clause: 示例 一 }] }
${units}`,
  );
  writeFileSync(
    examplesFileOf(file),
    `- name: 两单位\n  quarter: 2025Q2\n  events:${events}\n  expect:\n    a: { claim: 1/1 (0) }\n    b: { claim: 0/1 (0) }\n`,
  );
  const project = loadProject({ dataDir, ruleset: 'sixth' });
  const [result] = await runWorkedExamples(temporary.warehouse, project, readWorkedExamples(examplesFileOf(file)));
  expect(result).toMatchObject({ compared: 2, differences: [] });
});

it('a city with one new measure by one file', async () => {
  const measures = join(dataDir, 'measures');
  mkdirSync(measures);
  writeFileSync(
    join(measures, 'guidance.sql'),
    `/*
name: guidance
kind: measure
grain: one row per unit and push
owner: office
description: Pushes to the unit, and whether it guided the enterprise.
parameters:
  ITEM.deadlineWorkdays: { type: workdays, default: null }
lost: [no_guidance, guidance_late]
timed: ITEM.deadlineWorkdays
columns:
  unit: unit id
  key: push_id
*/
SELECT p.unit AS unit, p.push_id AS key, p.subject AS subject, p.event_source AS event_source, p.event_id AS event_id, d.due AS due, g.happened AS happened,
  toUInt8(g.happened IS NOT NULL) AS done, in_time(g.happened, d.due) AS on_time
FROM ref('int_unit_pushes') AS p
INNER JOIN ref('int_item_deadlines') AS d ON d.unit = p.unit AND d.start = p.pushed_on
LEFT JOIN (
  SELECT department, toNullable(min(time)) AS happened FROM ref('int_live_events') WHERE type = 'guidance.given' GROUP BY department
) AS g ON g.department = p.unit
`,
  );
  const catalogue = await loadCatalogue({ measures: [MEASURES_DIRECTORY, measures], kinds: [KINDS_DIRECTORY] });
  const file = join(dataDir, 'rulesets', 'seventh.yaml');
  writeFileSync(
    file,
    `${head('seventh')}parameters: { guide.deadlineWorkdays: 3 }
items:
  - { id: guide, name: { zh: 行政指导, en: Guidance }, duty: [licence], clause: 示例 二, parts: [{ id: rate, kind: rate, measure: guidance, clause: 示例 二 }] }
${units}`,
  );
  writeFileSync(
    examplesFileOf(file),
    `- name: 行政指导\n  quarter: 2025Q2\n  events:${events}\n  expect:\n    a: { guide: 0/1 (0) }\n    b: { guide: 1/1 (0) }\n`,
  );
  const project = loadProject({ dataDir, ruleset: 'seventh' }, catalogue);
  const [result] = await runWorkedExamples(temporary.warehouse, project, readWorkedExamples(examplesFileOf(file)));
  expect(result).toMatchObject({ compared: 2, differences: [] });
});

it.each(['nanjing', 'baoshan', 'jieshou', 'national'])('the worked examples of %s come out', async (id) => {
  const ruleSet = findRuleSet(id);
  const examples = readWorkedExamples(examplesFileOf(ruleSet.file));
  const results = await runWorkedExamples(temporary.warehouse, { ...loadProject(), ruleSet }, examples);
  expect(results.map(({ differences }) => differences)).toEqual(examples.map(() => []));
});

it('says what differs', async () => {
  const ruleSet = findRuleSet('nanjing');
  const [example] = readWorkedExamples(examplesFileOf(ruleSet.file));
  const wrong = {
    ...example!,
    expect: { wjw: { claim: '3/3', entry: '6/6 (2)', linkage: '2/2 (1)', nothing: '1/1' } },
  };
  const [result] = await runWorkedExamples(temporary.warehouse, { ...loadProject(), ruleSet }, [wrong]);
  expect(result!.differences).toEqual([
    { unit: 'wjw', item: 'claim', expected: '3/3', found: '2/3' },
    { unit: 'wjw', item: 'entry', expected: '6/6 (2)', found: '3/3 (2)' },
    { unit: 'wjw', item: 'linkage', expected: '2/2 (1)', found: '1/1 (1)' },
    { unit: 'wjw', item: 'nothing', expected: '1/1', found: null },
  ]);
});
