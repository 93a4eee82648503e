/** Model → the SQL that is sent: refs, sources and vars resolved for one build. */
import { quoteIdentifier } from '@hengjian/warehouse/quote-identifier.ts';
import type { Binding } from '../ruleset/bindings.ts';
import type { ModelGraph } from './compile-graph.ts';
import { FAMILIES, kindFamilySql, ledgerSql } from './families.ts';
import type { Model } from './model.ts';
import { callPattern } from './parse-model.ts';
import { SEED_NAMES } from './seeds.ts';
import { withFunctions } from './sql-functions.ts';
import { quote } from './variables.ts';

export interface VisibleBuild {
  ruleset: string;
  quarter: string;
  build: number;
}

/** By variable: SQL literals by the first day (YYYY-MM-DD) of each. */
export type Histories = ReadonlyMap<string, readonly { from: string | null; literal: string }[]>;

export interface CompileContext {
  graph: ModelGraph;
  /** Where this build's tables are. */
  database: string;
  /** Where the tables that are no models are; differs from `database` in a what-if build. */
  eventDatabase: string;
  /** What source('events') stands for: the events of one moment (eventRows). */
  events: string;
  /** Values of var('…') as SQL literals. */
  variables: ReadonlyMap<string, string>;
  /** What var_on('…', day) chooses from, where a value changes by date: the earliest first, from ever on. */
  histories: Histories;
  seed(name: string): string;
  /** What the ledger counts, and the variables `ITEM.…` of each. */
  bindings: readonly (Binding & { variables: ReadonlyMap<string, string>; histories: Histories })[];
  /** Builds whose rows an incremental or table model shows. */
  visible(model: Model): readonly VisibleBuild[];
  /** In how many slices a model is built whose SQL has var('slice'). */
  slices: number;
  /** Of stored models by name: which of their rows are seen. */
  only?: ReadonlyMap<string, string>;
  /** What a FROM item stands for in the place of an ephemeral model, by its name. */
  instead?: ReadonlyMap<string, string>;
}

/** What reads the log as it is, for all other models. */
export const EVENT_MODELS: readonly string[] = ['stg_events', 'int_live_events', 'int_unit_events'];

/** @throws if a variable has no value in this context: a model that is not built by quarter cannot use var('quarter'). */
export function compileSql(model: Model, context: CompileContext): string {
  return withFunctions(model.sql)
    .replace(callPattern('ref'), (_, name: string) => {
      if (model.kind === 'view') return `${quoteIdentifier(context.database)}.${name}`;
      const rows = reference(name, context);
      return model.reads && EVENT_MODELS.includes(name)
        ? `(SELECT * FROM ${rows} WHERE type IN (${model.reads.map(quote).join(', ')}))`
        : rows;
    })
    .replace(callPattern('source'), (_, name: string) =>
      name === 'events' ? context.events : `${quoteIdentifier(context.eventDatabase)}.${name}`,
    )
    .replace(callPattern('var'), (_, name: string) => literalOf(model, context, name))
    .replace(callPattern('var_on'), (_, name: string, day: string) => literalOn(model, context, name, day))
    .trim();
}

function literalOf({ file }: Model, { variables }: CompileContext, name: string): string {
  const value = variables.get(name);
  if (value === undefined)
    throw new Error(
      `${file}: var('${name}') has no value here: only measures know ITEM.…, and only a quarter's build the quarter`,
    );
  return value;
}

/** The value in force on the day in a column; a plain literal where it does not change by date. */
function literalOn(model: Model, context: CompileContext, name: string, day: string): string {
  const history = context.histories.get(name) ?? [];
  const [first, ...later] = history;
  if (!first || later.length === 0) return literalOf(model, context, name);
  const choices = later.toReversed().map(({ from, literal }) => `${day} >= toDate32(${quote(from!)}), ${literal}`);
  return `multiIf(${choices.join(', ')}, ${first.literal})`;
}

function reference(name: string, context: CompileContext): string {
  if (SEED_NAMES.includes(name))
    return `(SELECT * EXCEPT seed FROM ${quoteIdentifier(context.database)}.${name} WHERE seed = ${quote(context.seed(name))})`;
  const { graph, bindings } = context;
  const other = context.instead?.get(name);
  if (other) return other;
  if (name === 'measures')
    return `(${ledgerSql(bindings, graph.catalogue.measures, (measure, { id }) => {
      const { variables, histories } = bindings.find((binding) => binding.id === id)!;
      return compileSql(measure, {
        ...context,
        variables: new Map([...context.variables, ...variables]),
        histories: new Map([...context.histories, ...histories]),
      });
    })})`;
  if (FAMILIES.includes(name))
    return `(${kindFamilySql(name, graph.catalogue, (model) => compileSql(model, context))})`;
  const model = graph.byName.get(name)!;
  switch (model.kind) {
    case 'ephemeral':
    case 'measure':
      return `(${compileSql(model, context)})`;
    case 'view':
      return `${quoteIdentifier(context.database)}.${name}`;
    default: {
      const rows = storedTable(model, context);
      const builds = context.visible(model);
      if (model.kind === 'table')
        return `(SELECT * EXCEPT build FROM ${rows} WHERE build IN (${builds.map(({ build }) => build).join(', ')}))`;
      const [single] = builds;
      const condition = context.only?.get(name);
      // Constants prune partitions. Within a build the rule set goes without saying.
      if (single && builds.length === 1)
        return `(SELECT * EXCEPT (ruleset, build) FROM ${rows} WHERE ${ofBuild(single)}${condition ? ` AND ${condition}` : ''})`;
      // A table model sees the rule set and quarter of what it reads.
      const keys = builds.map((one) => `(${quote(one.ruleset)}, ${quote(one.quarter)}, ${one.build})`).join(', ');
      return `(SELECT * EXCEPT build FROM ${rows} WHERE ${keys ? `(ruleset, quarter, build) IN (${keys})` : '0'})`;
    }
  }
}

/** A condition on the rows of a stored model. */
export function ofBuild({ ruleset, quarter, build }: VisibleBuild): string {
  return `ruleset = ${quote(ruleset)} AND quarter = ${quote(quarter)} AND build = ${build}`;
}

/** The table behind a model, with its database. */
export function storedTable(model: Model, { database, graph }: Pick<CompileContext, 'database' | 'graph'>): string {
  return `${quoteIdentifier(database)}.${physicalName(model, graph)}`;
}

/** The table behind a model: its name and a mark of the program's models, so that a new version builds beside the old. */
export function physicalName(model: Model, graph: ModelGraph): string {
  return `${model.name}__${graph.hash.slice(0, 8)}`;
}
