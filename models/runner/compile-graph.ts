/** Models → one graph in build order. Unknown names and cycles are errors that name file and line. */
import type { PeriodType } from '../calendar/period.ts';
import type { Binding } from '../ruleset/bindings.ts';
import type { Catalogue } from '../ruleset/catalogue.ts';
import { FAMILIES, familyMembers } from './families.ts';
import { type Model, ModelError } from './model.ts';
import { SEED_NAMES } from './seeds.ts';
import { SHOWN_MARTS } from './shown-marts.ts';
import { isVariable } from './variables.ts';

export interface ModelGraph {
  /** In build order: every model after those it refers to. */
  models: readonly Model[];
  byName: ReadonlyMap<string, Model>;
  /** The measures and kinds among them. */
  catalogue: Catalogue;
  /** SHA-256 of all files: a change builds everything again. */
  hash: string;
}

export const SOURCES = [
  'events',
  'duplicates',
  'rejects',
  'builds',
  'live_builds',
  'publications',
  'published_item_scores',
  'published_unit_scores',
  'published_lost_points',
  'published_funnel',
  'published_unit_days',
  'published_area_months',
  'published_place_rows',
  'published_loop',
  'published_backfill',
];

/** @throws ModelError */
export function compileGraph(models: readonly Model[], hash: string, catalogue: Catalogue): ModelGraph {
  const byName = new Map<string, Model>();
  for (const model of models) {
    const other = byName.get(model.name);
    if (other) throw new ModelError(`${model.file}:1: ${other.file} has the name ${model.name} already`);
    byName.set(model.name, model);
  }
  for (const model of models) check(model, byName, catalogue);
  const order: Model[] = [];
  const state = new Map<string, 'open' | 'done'>();
  const visit = (model: Model, path: readonly string[]): void => {
    if (state.get(model.name) === 'done') return;
    state.set(model.name, 'open');
    for (const { name, line } of model.refs)
      for (const next of targetsOf(name, byName, catalogue)) {
        if (state.get(next.name) === 'open')
          throw new ModelError(
            `${model.file}:${line}: ref('${name}') closes a cycle: ${[...path, model.name, next.name].join(' → ')}`,
          );
        visit(next, [...path, model.name]);
      }
    state.set(model.name, 'done');
    order.push(model);
  };
  for (const model of models) visit(model, []);
  return { models: order, byName, hash, catalogue };
}

/** The models behind a reference: one, those of a family, or none (a seed). */
export function targetsOf(name: string, byName: ModelGraph['byName'], catalogue: Catalogue): readonly Model[] {
  if (FAMILIES.includes(name)) return familyMembers(name, catalogue);
  const model = byName.get(name);
  return model ? [model] : [];
}

function check(model: Model, byName: ReadonlyMap<string, Model>, catalogue: Catalogue): void {
  for (const { name, line } of model.refs) {
    const target = byName.get(name);
    if (!target && !SEED_NAMES.includes(name) && !FAMILIES.includes(name))
      throw new ModelError(`${model.file}:${line}: ref('${name}') names no model and no seed`);
    if (model.kind === 'incremental' && target && (target.kind === 'table' || target.kind === 'view'))
      throw new ModelError(
        `${model.file}:${line}: an incremental model cannot read ${name}, which is not built by quarter`,
      );
  }
  for (const { name, line } of model.sources)
    if (!SOURCES.includes(name))
      throw new ModelError(`${model.file}:${line}: source('${name}') is unknown; sources are ${SOURCES.join(', ')}`);
  for (const { name, line } of model.vars)
    if (!isVariable(name, catalogue))
      throw new ModelError(
        `${model.file}:${line}: var('${name}') is unknown; a measure or kind must declare it as a parameter, or it is ITEM.… of a measure`,
      );
}

/** The models and everything they need, in build order: what a partial run builds. Of measures, those that are bound. */
export function prune(graph: ModelGraph, names: readonly string[], bindings?: readonly Binding[]): Model[] {
  const bound = bindings && new Set(bindings.map(({ measure }) => measure));
  const needed = new Set<string>();
  const add = (model: Model): void => {
    if (needed.has(model.name) || (model.kind === 'measure' && bound && !bound.has(model.name))) return;
    needed.add(model.name);
    for (const ref of model.refs) targetsOf(ref.name, graph.byName, graph.catalogue).forEach(add);
  };
  for (const name of names) {
    const model = graph.byName.get(name);
    if (!model) throw new ModelError(`no model is named ${name}; \`hengjian models compile\` lists them`);
    add(model);
  }
  return graph.models.filter((model) => needed.has(model.name));
}

/** The models of a quarter, a month or a year that a rule set with these bindings needs. */
export function modelsOfPeriod(type: PeriodType, graph: ModelGraph, bindings: readonly Binding[]): Model[] {
  return type === 'quarter' ? quarterModels(graph, bindings) : periodModels(graph, bindings);
}

/** Of a month or a year: the balance of events is of quarters, in which each counts once. */
function periodModels(graph: ModelGraph, bindings: readonly Binding[]): Model[] {
  return prune(graph, SHOWN_MARTS, bindings).filter(({ kind }) => kind === 'incremental');
}

/** Of a quarter: what is shown or served, and all it is made of. */
export function quarterModels(graph: ModelGraph, bindings: readonly Binding[]): Model[] {
  const roots = graph.models.filter(({ kind, layer }) => kind === 'incremental' && layer !== 'intermediate');
  return prune(
    graph,
    roots.map(({ name }) => name),
    bindings,
  ).filter(({ kind }) => kind === 'incremental');
}
