import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { BUILTIN } from './catalogue.ts';
import { loadRuleSets } from './load-rule-sets.ts';
import { parseRuleSet } from './rule-set.ts';
import { parseWorkedExamples } from './worked-examples.ts';

const guide = readFileSync(new URL('../../docs/rule-sets.md', import.meta.url), 'utf8');
const all = [...guide.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, text]) => text!);
/** Parts of the score table, as a list of their own. */
const isParts = (text: string) => text.startsWith('# 第2项');
const blocks = all.filter((text) => !isParts(text));

it('names every rule set and every kind of part', () => {
  const first = (heading: string) =>
    [
      ...guide
        .slice(guide.indexOf(heading))
        .split('\n\n')[0]!
        .matchAll(/^\| `([^`]+)` \|/gm),
    ].map(([, id]) => id);
  expect(first('| id | document').sort()).toEqual([...loadRuleSets().keys()].sort());
  expect(first('| kind | for').sort()).toEqual([...BUILTIN.kinds.keys()].sort());
});

it('has a part of each kind with points that a rule set may have', () => {
  const nantong = loadRuleSets().get('nantong-etdz')!;
  const parts = parse(all.find(isParts)!) as { id: string; kind: string; points: number }[];
  const kinds = ['ratio', 'ratio_full', 'timely', 'steps', 'checklist', 'mark_or_ratio', 'deductions'];
  const claim = parse(blocks[0]!) as { items: { parts: { kind: string }[] }[] };
  expect([...new Set([...claim.items[0]!.parts, ...parts].map(({ kind }) => kind))].sort()).toEqual(kinds.sort());
  const data = parse(nantong.text) as { items: { id: string; weight: number; parts: object[]; on?: boolean }[] };
  // One item of all of them, and the rest of the hundred on another one.
  const [rest] = data.items;
  const weight = parts.reduce((sum, { points }) => sum + points, 0);
  const shown = parts.map((part, n) => ({ ...part, shown: n === 0 }));
  const example = { ...rest!, id: 'example', weight, parts: shown };
  const left = { ...rest!, weight: 100 - weight, parts: [{ ...rest!.parts[0], points: 100 - weight }] };
  const duties = { units: [{ id: 'a', name: '甲', duties: ['login', 'licence', 'penalty', 'other_dishonest'] }] };
  expect(parseRuleSet(stringify({ ...data, ...duties, items: [left, example] }), 'guide').scored).toBe(true);
});

it('has worked examples that can be read', () => {
  const example = blocks.find((text) => text.startsWith('- name:'))!;
  expect(parseWorkedExamples(example, 'guide')).toHaveLength(1);
});

it('has a rule set without points that is one, once it has a head and units', () => {
  const [, rates, tables, units, dated] = blocks;
  const head =
    'id: guide\nversion: "1"\nname: { zh: 例, en: Example }\nsource: 003 四\nin_force: { from: null, to: null }\nbadges: { small_n: 10 }\n';
  const own = units!.replaceAll('licence, ', '');
  expect(parseRuleSet(`${head}${rates}${own}`, 'guide').parameters['entry.deadlineWorkdays']).toBe(7);
  const changed = rates!.replace(/parameters:[\s\S]*/, `${dated}  records: [licence.entered]\n`);
  expect(parseRuleSet(`${head}${changed}${own}`, 'guide').scored).toBe(false);
  expect(() => parseRuleSet(`${head}${rates}${own}${tables}`, 'guide')).toThrow(
    /table key4 names claim, which is no item/,
  );
});
