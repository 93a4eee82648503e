/** Builds models beside what is live: each row carries the number of its build, nobody sees it before it is published. */

import type { Warehouse } from '@hengjian/warehouse';
import { quoteIdentifier } from '@hengjian/warehouse/quote-identifier.ts';
import { type ModelGraph, targetsOf } from './compile-graph.ts';
import { type CompileContext, compileSql, physicalName } from './compile-sql.ts';
import { isInlined, type Model } from './model.ts';
import { BUILD_SETTINGS } from './settings.ts';
import { quote } from './variables.ts';

export class BuildError extends Error {}

/**
 * Inserts the rows of one model for one quarter (or '' for a table model), slice by slice if it has slices.
 * @param rows a condition on them
 * @throws BuildError naming the model's file.
 */
export async function buildModel(
  warehouse: Warehouse,
  model: Model,
  context: CompileContext,
  quarter: string,
  build: number,
  rows = '',
): Promise<void> {
  const table = physicalName(model, context.graph);
  const head =
    model.kind === 'incremental'
      ? `${quote(context.visible(model)[0]!.ruleset)} AS ruleset, ${quote(quarter)} AS quarter, toUInt64(${build}) AS build, `
      : `toUInt64(${build}) AS build, `;
  const slices = model.vars.some(({ name }) => name === 'slice') ? context.slices : 1;
  try {
    for (let slice = 0; slice < slices; slice += 1) {
      const variables = new Map(context.variables).set('slices', String(slices)).set('slice', String(slice));
      const sql = `SELECT ${head}* FROM (\n${compileSql(model, { ...context, variables })}\n)${rows && ` WHERE ${rows}`}`;
      await warehouse.command(
        `INSERT INTO ${quoteIdentifier(warehouse.database)}.${table} ${sql}`,
        undefined,
        BUILD_SETTINGS,
      );
    }
  } catch (error) {
    throw new BuildError(
      `${model.file} could not be built${quarter ? ` for ${quarter}` : ''}: ${(error as Error).message}`,
    );
  }
}

/** Makes the tables of models that have none yet. */
export async function createTables(
  warehouse: Warehouse,
  models: readonly Model[],
  contextOf: (model: Model) => CompileContext,
  known: Set<string>,
): Promise<void> {
  for (const model of models) {
    const table = physicalName(model, contextOf(model).graph);
    if (isInlined(model) || model.kind === 'view' || known.has(table)) continue;
    const order = model.order_by ?? model.unique_key ?? [];
    const select = compileSql(model, contextOf(model));
    const build =
      model.kind === 'incremental' ? "'' AS ruleset, '' AS quarter, toUInt64(0) AS build, " : 'toUInt64(0) AS build, ';
    const partition = model.kind === 'incremental' ? 'PARTITION BY (ruleset, quarter, build)' : 'PARTITION BY build';
    const orderBy = order.filter((column) => column !== 'quarter').join(', ');
    await warehouse.command(
      `CREATE TABLE IF NOT EXISTS ${quoteIdentifier(warehouse.database)}.${table} ENGINE = MergeTree ${partition} ORDER BY (${orderBy}) SETTINGS allow_nullable_key = 1 EMPTY AS SELECT ${build}* FROM (\n${select}\n)`,
      undefined,
      BUILD_SETTINGS,
    );
    known.add(table);
  }
}

/** Runs jobs in the order their references allow, a few at a time. The first failure stops the rest. */
export async function runInOrder(
  graph: ModelGraph,
  models: readonly Model[],
  parallel: number,
  job: (model: Model) => Promise<void>,
): Promise<void> {
  const done = new Set<string>();
  const started = new Set<string>();
  const waiting = models.filter((model) => !isInlined(model));
  const needs = new Map(waiting.map((model) => [model.name, storedNeeds(graph, model)]));
  let failure: unknown;
  const names = new Set(waiting.map((model) => model.name));
  const next = (): Model | undefined =>
    waiting.find(
      (model) =>
        !started.has(model.name) && [...needs.get(model.name)!].every((name) => done.has(name) || !names.has(name)),
    );
  const running = new Set<Promise<void>>();
  for (;;) {
    for (let model = next(); model && running.size < parallel && failure === undefined; model = next()) {
      const { name } = model;
      started.add(name);
      const run: Promise<void> = Promise.resolve()
        .then(() => job(model))
        .then(() => void done.add(name))
        .catch((error) => {
          failure ??= error;
        })
        .finally(() => running.delete(run));
      running.add(run);
    }
    if (running.size === 0) break;
    await Promise.race(running);
  }
  if (failure !== undefined) throw failure;
}

/** Stored models that a model reads, seen through ephemeral ones. */
function storedNeeds(graph: ModelGraph, model: Model): Set<string> {
  const found = new Set<string>();
  for (const target of model.refs.flatMap(({ name }) => targetsOf(name, graph.byName, graph.catalogue))) {
    if (isInlined(target)) for (const deeper of storedNeeds(graph, target)) found.add(deeper);
    else found.add(target.name);
  }
  return found;
}
