/** Tests of models: each is a query that returns bad rows; none may return any. */
import type { Warehouse } from '@hengjian/warehouse';
import { type CompileContext, compileSql } from './compile-sql.ts';
import type { Model, ModelTest } from './model.ts';
import { callPattern } from './parse-model.ts';
import { BUILD_SETTINGS } from './settings.ts';
import { quote } from './variables.ts';

export interface TestResult {
  model: string;
  file: string;
  test: string;
  badRows: number;
}

export function testName(test: ModelTest): string {
  if ('not_null' in test) return `not_null(${test.not_null.join(', ')})`;
  if ('unique' in test) return `unique(${test.unique.join(', ')})`;
  if ('accepted_values' in test) return `accepted_values(${test.accepted_values.column})`;
  if ('relationships' in test) {
    const { column, to, field } = test.relationships;
    return `relationships(${column} → ${to}.${field})`;
  }
  return test.name;
}

/** All tests of a model, with the uniqueness its header promises. */
export function testsOf(model: Model): ModelTest[] {
  return [...(model.unique_key ? [{ unique: model.unique_key }] : []), ...(model.tests ?? [])];
}

/** Runs the tests of one model against what `context` makes visible, as one query. */
export async function runTests(warehouse: Warehouse, model: Model, context: CompileContext): Promise<TestResult[]> {
  const tests = testsOf(model);
  if (tests.length === 0) return [];
  const self = selfOf(model, context);
  // Of one quarter the rows come in the order of their key: nothing has to be kept to find two of a kind.
  const perQuarter = model.kind === 'incremental' && context.visible(model).length > 1 ? ['ruleset', 'quarter'] : [];
  const counts = tests.map(
    (test, i) => `SELECT ${i} AS test, count() AS bad FROM (${badRows(test, self, perQuarter, context)})`,
  );
  const rows = await warehouse.query<{ test: number; bad: number }>(counts.join('\nUNION ALL\n'), undefined, {
    ...BUILD_SETTINGS,
    optimize_aggregation_in_order: 1,
  });
  return rows.map(({ test, bad }) => ({
    model: model.name,
    file: model.file,
    test: testName(tests[test]!),
    badRows: bad,
  }));
}

/** The model as a FROM item: what a ref() of it would be. */
function selfOf(model: Model, context: CompileContext): string {
  return compileSql({ ...model, sql: `ref('${model.name}')` }, context);
}

function badRows(test: ModelTest, self: string, perQuarter: readonly string[], context: CompileContext): string {
  if ('not_null' in test)
    return `SELECT 1 FROM ${self} WHERE ${test.not_null.map((column) => `isNull(${column})`).join(' OR ')}`;
  if ('unique' in test)
    return `SELECT 1 FROM ${self} GROUP BY ${[...perQuarter, ...test.unique].join(', ')} HAVING count() > 1`;
  if ('accepted_values' in test) {
    const { column, values } = test.accepted_values;
    return `SELECT 1 FROM ${self} WHERE ${column} NOT IN (${values.map((value) => (typeof value === 'number' ? value : quote(value))).join(', ')})`;
  }
  if ('relationships' in test) {
    const { column, to, field } = test.relationships;
    const target = compileSql({ sql: `ref('${to}')`, file: to } as Model, context);
    return `SELECT 1 FROM ${self} WHERE ${column} NOT IN (SELECT ${field} FROM ${target})`;
  }
  const sql = test.custom.replace(/\bthis\b/g, self);
  if (callPattern('ref').test(sql) || callPattern('var').test(sql))
    return compileSql({ sql, file: 'custom test' } as Model, context);
  return sql;
}
