/** Models → one graph in build order. Unknown names and cycles are errors that name file and line. */
import { type Model, ModelError } from './model.ts';
import { SEED_NAMES } from './seeds.ts';
import { VARIABLES } from './variables.ts';

export interface ModelGraph {
  /** In build order: every model after those it refers to. */
  models: readonly Model[];
  byName: ReadonlyMap<string, Model>;
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
];

/** @throws ModelError */
export function compileGraph(models: readonly Model[], hash: string): ModelGraph {
  const byName = new Map<string, Model>();
  for (const model of models) {
    const other = byName.get(model.name);
    if (other) throw new ModelError(`${model.file}:1: ${other.file} has the name ${model.name} already`);
    byName.set(model.name, model);
  }
  for (const model of models) check(model, byName);
  const order: Model[] = [];
  const state = new Map<string, 'open' | 'done'>();
  const visit = (model: Model, path: readonly string[]): void => {
    if (state.get(model.name) === 'done') return;
    state.set(model.name, 'open');
    for (const { name, line } of model.refs) {
      const next = byName.get(name);
      if (!next) continue;
      if (state.get(name) === 'open')
        throw new ModelError(
          `${model.file}:${line}: ref('${name}') closes a cycle: ${[...path, model.name, name].join(' → ')}`,
        );
      visit(next, [...path, model.name]);
    }
    state.set(model.name, 'done');
    order.push(model);
  };
  for (const model of models) visit(model, []);
  return { models: order, byName, hash };
}

function check(model: Model, byName: ReadonlyMap<string, Model>): void {
  for (const { name, line } of model.refs) {
    const target = byName.get(name);
    if (!target && !SEED_NAMES.includes(name))
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
    if (!VARIABLES.has(name))
      throw new ModelError(`${model.file}:${line}: var('${name}') is unknown; known are ${[...VARIABLES].join(', ')}`);
}

/** The model and everything it needs, in build order: what a partial run builds. */
export function prune(graph: ModelGraph, names: readonly string[]): Model[] {
  const needed = new Set<string>();
  const add = (name: string): void => {
    const model = graph.byName.get(name);
    if (!model || needed.has(name)) return;
    needed.add(name);
    for (const ref of model.refs) add(ref.name);
  };
  for (const name of names) {
    if (!graph.byName.has(name))
      throw new ModelError(`no model is named ${name}; \`hengjian models compile\` lists them`);
    add(name);
  }
  return graph.models.filter((model) => needed.has(model.name));
}
