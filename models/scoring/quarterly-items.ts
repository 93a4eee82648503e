import { measuresOf } from '../ruleset/bindings.ts';
import type { RuleSet } from '../ruleset/rule-set.ts';
import { type ModelGraph, targetsOf } from '../runner/compile-graph.ts';
import type { Model } from '../runner/model.ts';

/** Items that a quarter alone decides: a part takes a mark that is awarded for a quarter, or counts a list that is handed in for one. */
export function quarterlyItems({ graph, ruleSet }: { graph: ModelGraph; ruleSet: RuleSet }): string[] {
  const { catalogue, data } = ruleSet;
  const asksForQuarter = (model: Model, seen = new Set<string>()): boolean => {
    if (seen.has(model.name)) return false;
    seen.add(model.name);
    return (
      model.vars.some(({ name }) => name === 'quarter') ||
      model.refs.some(({ name }) => targetsOf(name, graph.byName, catalogue).some((next) => asksForQuarter(next, seen)))
    );
  };
  return data.items
    .filter(({ parts }) =>
      parts.some(
        (part) =>
          (catalogue.kinds.get(part.kind)?.takesMark?.(part) ?? '') !== '' ||
          measuresOf(catalogue, part).some((measure) => asksForQuarter(catalogue.measures.get(measure)!)),
      ),
    )
    .map(({ id }) => id);
}
