/** Which event types a rule set's scores come from, and whose events of a type count: what the balance of events is judged by. */
import { eventTypes } from '@hengjian/contract/schema/event-types.ts';
import { measuresOf } from '../ruleset/bindings.ts';
import type { RuleSet } from '../ruleset/rule-set.ts';
import { type ModelGraph, prune } from './compile-graph.ts';
import { quote, texts } from './variables.ts';

/** As SQL literals: read_types, due_buckets, and type_duties as pairs (type, duties). */
export function balanceVariables(graph: ModelGraph, ruleSet: RuleSet): [string, string][] {
  const pairs = [...typeDuties(ruleSet)].map(([type, duties]) => `(${quote(type)}, ${texts(duties)})`);
  return [
    ['read_types', texts(readTypes(graph, ruleSet))],
    ['due_buckets', texts(dueBuckets(ruleSet))],
    ['type_duties', `CAST([${pairs.join(', ')}], 'Array(Tuple(String, Array(String)))')`],
  ];
}

const SCORES = ['mart_item_scores'];
const QUOTED = /'([a-z_]+(?:\.[a-z_]+)?)'/g;

/** Buckets of pushes that come due; where the rule set does not choose, those that need a licence. */
function dueBuckets({ parameters }: RuleSet): readonly string[] {
  const chosen = parameters['claim.buckets'];
  return Array.isArray(chosen) ? chosen.map(String) : ['licensed'];
}

/** Types that the models behind the scores name, or the rule set itself. */
export function readTypes(graph: ModelGraph, ruleSet: RuleSet): string[] {
  const roots = SCORES.filter((name) => graph.byName.has(name));
  const texts = prune(graph, roots, ruleSet.bindings).map(({ sql }) => sql);
  const named = texts.flatMap((sql) => [...sql.matchAll(QUOTED)].map(([, name]) => name!));
  const inRules = [...eventTypes.keys()].filter((type) =>
    new RegExp(`\\b${type.replace('.', '\\.')}\\b`).test(ruleSet.text),
  );
  return [...new Set([...named, ...inRules])].filter((name) => eventTypes.has(name)).sort();
}

/** Types whose events count only for units with one of these duties; types that count for every unit are not here. */
export function typeDuties(ruleSet: RuleSet): Map<string, string[]> {
  const { measures } = ruleSet.catalogue;
  const found = new Map<string, string[]>();
  const free = new Set<string>();
  for (const item of ruleSet.data.items)
    for (const type of item.parts
      .flatMap((part) => measuresOf(ruleSet.catalogue, part))
      .flatMap((measure) => measures.get(measure)?.work ?? [])) {
      if (!item.duty?.length) free.add(type);
      found.set(type, [...new Set([...(found.get(type) ?? []), ...(item.duty ?? [])])]);
    }
  return new Map([...found].filter(([type]) => !free.has(type)));
}
