/**
 * Functions that models share (`functions/<name>.sql`, each one lambda): fractions, millionths, which event is the first.
 * The compiler puts those that a model calls in front of it.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { voidLabels } from '@hengjian/warehouse/readable-events.ts';
import { parse } from 'yaml';
import { callPattern } from './parse-model.ts';

export interface SqlFunction {
  name: string;
  description: string;
  lambda: string;
}

const directory = fileURLToPath(new URL('../functions/', import.meta.url));

/** What statements outside the models have too. */
const SHARED: readonly SqlFunction[] = [
  {
    name: 'void_labels',
    description: 'Which of the voids that other voids name hold (1), never happened (2), or stay undecided (0).',
    lambda: `edges -> ${voidLabels('edges')}`,
  },
];

export const SQL_FUNCTIONS: readonly SqlFunction[] = [
  ...readdirSync(directory)
    .filter((file) => file.endsWith('.sql'))
    .map(readFunction),
  ...SHARED,
].sort((a, b) => (a.name < b.name ? -1 : 1));

function readFunction(file: string): SqlFunction {
  const text = readFileSync(`${directory}${file}`, 'utf8');
  const [, header, lambda] = /^\/\*([\s\S]*?)\*\/([\s\S]*)$/.exec(text)!;
  const { description } = parse(header!) as { description: string };
  return { name: file.replace(/\.sql$/, ''), description, lambda: lambda!.trim() };
}

/** Which of several events comes first (rulesets.md §1), as functions/first_of.sql has it: for ORDER BY, whose rows LIMIT 1 BY then takes. */
const ORDERS: Record<string, string> = { first_event: '', latest_event: ' DESC' };

/** `first_event('e')` and `latest_event('e')`, where `e` names the rows; empty where they need no name. */
const inOrder = (sql: string): string =>
  Object.entries(ORDERS).reduce(
    (text, [name, direction]) =>
      text.replace(callPattern(name), (_, rows: string) =>
        ['time', 'id', 'source'].map((column) => `${rows && `${rows}.`}${column}${direction}`).join(', '),
      ),
    sql,
  );

/** The SQL with the functions it calls defined in front. */
export function withFunctions(statement: string): string {
  const sql = inOrder(statement);
  const used = SQL_FUNCTIONS.filter(({ name }) => new RegExp(`\\b${name}\\(`).test(sql));
  if (used.length === 0) return sql;
  const definitions = used.map(({ name, lambda }) => `${lambda} AS ${name}`).join(',\n  ');
  const body = sql.trimStart();
  return /^WITH\b/i.test(body) ? `WITH ${definitions},${body.slice('WITH'.length)}` : `WITH ${definitions}\n${body}`;
}
