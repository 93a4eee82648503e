import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { BUILTIN } from './catalogue.ts';
import { loadRuleSets } from './load-rule-sets.ts';
import { parseRuleSet } from './rule-set.ts';
import { parseWorkedExamples } from './worked-examples.ts';

const guide = readFileSync(new URL('../../docs/rule-sets.md', import.meta.url), 'utf8');
const blocks = [...guide.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, text]) => text!);

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
