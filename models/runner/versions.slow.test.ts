/** What changes at a day: the text of a rule set, a unit, a duty, a parameter. A quarter uses what was in force on its last day. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { EVERYTHING } from '@hengjian/contract/scope.ts';
import { type TemporaryWarehouse, temporaryWarehouse } from '@hengjian/warehouse/testing.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { closeQuarter } from '../publication/close-quarter.ts';
import { readChain } from '../publication/read-chain.ts';
import { listQuarters } from '../queries/list-quarters.ts';
import { findRuleSet } from '../ruleset/load-rule-sets.ts';
import { versionsOf } from '../ruleset/rule-set.ts';
import { scoreQuarter } from '../scoring/score-quarter.ts';
import { loadEvents, type TestEvent } from '../testing/load-events.ts';
import { writeDirectly } from '../testing/write-directly.ts';
import { loadProject } from './project.ts';

const now = new Date('2025-11-03T00:00:00Z');
let temporary: TemporaryWarehouse;

/** In force in the second quarter: five workdays, units a and b. From July on: one workday, another item, unit b gone and c there. */
const FIRST = `id: city
version: "1"
name: { zh: 示例市, en: Example }
source: 旧文件
in_force: { from: null, to: 2025-06-30 }
badges: { small_n: 10 }
parameters: { claim.deadlineWorkdays: 5 }
items:
  - { id: claim, name: { zh: 认领, en: Claims }, duty: [licence], clause: 旧 一, parts: [{ id: rate, kind: rate, measure: push_claim, clause: 旧 一 }] }
units:
  - { id: a, name: 甲局, duties: [licence] }
  - { id: b, name: 乙局, duties: [licence] }
`;
const SECOND = `id: city
version: "2"
name: { zh: 示例市, en: Example }
source: 新文件
in_force: { from: 2025-07-01, to: null }
badges: { small_n: 10 }
parameters: { claim.deadlineWorkdays: [{ value: 1 }, { from: 2025-10-01, value: 3 }] }
items:
  - { id: claim, name: { zh: 认领, en: Claims }, duty: [licence], clause: 新 一, parts: [{ id: rate, kind: rate, measure: push_claim, clause: 新 一 }] }
  - { id: dispatch, name: { zh: 分派, en: Handing on }, duty: [hand_on], clause: 新 二, parts: [{ id: rate, kind: rate, measure: push_dispatch, clause: 新 二 }] }
units:
  - { id: a, name: 甲局, duties: [licence, { duty: hand_on, from: 2025-10-01 }] }
  - { id: b, name: 乙局, duties: [licence], to: 2025-08-31 }
  - { id: c, name: 丙局, duties: [licence], from: 2025-07-01 }
`;

const push = (id: string, department: string, pushed: string, claimed: string): TestEvent[] => {
  const base = { source: 'test://versions', department, subject: '91320100MA1XYWG030' };
  const data = { push_id: id, bucket: 'licensed', matters: [] };
  return [
    { ...base, id: `${id}-p`, type: 'registration.pushed', time: `2025-${pushed}T10:00:00+08:00`, data },
    { ...base, id: `${id}-c`, type: 'push.claimed', time: `2025-${claimed}T10:00:00+08:00`, data: { push_id: id } },
  ];
};

beforeAll(async () => {
  temporary = await temporaryWarehouse();
  const directory = join(temporary.dataDir, 'rulesets');
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, 'city-1.yaml'), FIRST);
  writeFileSync(join(directory, 'city-2.yaml'), SECOND);
  await loadEvents(temporary.warehouse, [
    // Three workdays after the push each.
    ...push('P1', 'a', '04-14', '04-17'),
    ...push('P2', 'a', '07-14', '07-17'),
    ...push('P3', 'a', '10-13', '10-16'),
    ...push('P4', 'b', '07-15', '07-16'),
    ...push('P5', 'c', '04-15', '04-16'),
    ...push('P6', 'c', '07-15', '07-16'),
  ]);
}, 300_000);
afterAll(() => temporary?.close());

const environment = () => ({ dataDir: temporary.dataDir, ruleset: 'city' });
const score = async (quarter: string) => {
  const { ruleset, units } = await scoreQuarter(temporary.warehouse, environment(), { quarter, now });
  return {
    version: ruleset.version,
    units: units.map(({ unit, items }) => [
      unit,
      ...items.map(({ item, numerator, denominator, on_time }) => `${item} ${numerator}/${denominator} (${on_time})`),
    ]),
  };
};

it('a quarter is counted by the version, the units, the duties and the limits of its last day', {
  timeout: 600_000,
}, async () => {
  expect(await score('2025Q2')).toEqual({
    version: '1',
    units: [
      ['a', 'claim 1/1 (1)'],
      ['b', 'claim 0/0 (0)'],
    ],
  });
  expect(await score('2025Q3')).toEqual({
    version: '2',
    units: [
      ['a', 'claim 1/1 (0)'],
      ['c', 'claim 1/1 (1)'],
    ],
  });
  const fourth = await score('2025Q4');
  expect(fourth.version).toBe('2');
  expect(fourth.units[0]).toEqual(['a', 'claim 1/1 (1)', 'dispatch 0/1 (null)']);
});

it('each quarter says under which text it was counted, and pins it when it is published', {
  timeout: 600_000,
}, async () => {
  const { warehouse } = temporary;
  const project = loadProject(environment());
  const [first, second] = versionsOf(findRuleSet('city', temporary.dataDir));
  const hashes = new Map(
    (await listQuarters(warehouse, EVERYTHING, 'city')).map((one) => [one.quarter, one.ruleset.hash]),
  );
  expect([hashes.get('2025Q2'), hashes.get('2025Q3')]).toEqual([first!.hash, second!.hash]);
  const publisher = { warehouse, project, write: writeDirectly(warehouse), by: 'office', now };
  for (const quarter of ['2025Q2', '2025Q3']) await closeQuarter(publisher, quarter);
  const { publications } = await readChain(warehouse);
  expect(
    publications.map(({ snapshot, rulesetText }) => [snapshot.quarter, snapshot.ruleset.version, rulesetText]),
  ).toEqual([
    ['2025Q2', '1', FIRST],
    ['2025Q3', '2', SECOND],
  ]);
});

it('a new version changes no quarter before it', { timeout: 600_000 }, async () => {
  const before = await score('2025Q2');
  writeFileSync(join(temporary.dataDir, 'rulesets', 'city-2.yaml'), SECOND.replace('{ value: 1 }', '{ value: 0 }'));
  expect(await score('2025Q2')).toEqual(before);
});
