import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { BUILTIN } from './catalogue.ts';
import { findRuleSet, loadRuleSets } from './load-rule-sets.ts';
import { parseRuleSet } from './rule-set.ts';
import { parseWorkedExamples } from './worked-examples.ts';

const guide = readFileSync(new URL('../../docs/rule-sets.md', import.meta.url), 'utf8');
const blocks = [...guide.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, text]) => text!);
const beginning = (text: string) => blocks.filter((block) => block.startsWith(text));

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

it('has worked examples that can be read', () => {
  expect(parseWorkedExamples(beginning('- name:')[0]!, 'guide')).toHaveLength(1);
});

it('goes through the whole score table: its pieces are the rule set of Nantong', () => {
  const [claim] = beginning('items:\n  - id: claim');
  const rows = beginning('  - id:');
  const pieces = [...beginning('id: mycity'), ...beginning('registers:'), ...beginning('libraries:')];
  const nantong = findRuleSet('nantong-etdz');
  const units = nantong.text.slice(nantong.text.indexOf('\nunits:\n'));
  const { data } = parseRuleSet(`${pieces.join('')}${claim}${rows.join('')}${units}`, 'guide');
  const byId = (items: typeof data.items) => items.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  expect(byId(data.items)).toEqual(byId(nantong.data.items));
  expect(new Set(data.items.flatMap(({ parts }) => parts.map(({ kind }) => kind)))).toEqual(
    new Set([...BUILTIN.kinds.keys()].filter((kind) => kind !== 'rate')),
  );
  const { parameters, libraries, registers, badges } = nantong.data;
  expect(data).toMatchObject({ parameters, libraries, registers, badges });
});

it('has a rule set without points that is one, once it has a head and units', () => {
  const [rates] = beginning('items:\n  - id: entry');
  const [tables] = beginning('tables:');
  const [units] = beginning('units:');
  const [dated] = beginning('parameters:');
  const head =
    'id: guide\nversion: "1"\nname: { zh: 例, en: Example }\nsource: 003 四\nin_force: { from: null, to: null }\nbadges: { small_n: 10 }\n';
  const own = units!.replaceAll('licence, ', '');
  expect(parseRuleSet(`${head}${rates}${own}`, 'guide').parameters['entry.deadlineWorkdays']).toBe(7);
  const changed = rates!.replace(/ {2}entry\.deadlineWorkdays.*\n/, dated!.replace('parameters:\n', ''));
  expect(parseRuleSet(`${head}${changed}${own}`, 'guide').scored).toBe(false);
  expect(() => parseRuleSet(`${head}${rates}${own}${tables}`, 'guide')).toThrow(
    /table key4 names claim, which is no item/,
  );
});
