/**
 * Functions that models share (`functions/<name>.sql`, each one lambda): fractions, millionths, which event is the first.
 * The compiler puts those that a model calls in front of it.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';

export interface SqlFunction {
  name: string;
  description: string;
  lambda: string;
}

const directory = fileURLToPath(new URL('../functions/', import.meta.url));

export const SQL_FUNCTIONS: readonly SqlFunction[] = readdirSync(directory)
  .filter((file) => file.endsWith('.sql'))
  .sort()
  .map((file) => {
    const text = readFileSync(`${directory}${file}`, 'utf8');
    const [, header, lambda] = /^\/\*([\s\S]*?)\*\/([\s\S]*)$/.exec(text)!;
    const { description } = parse(header!) as { description: string };
    return { name: file.replace(/\.sql$/, ''), description, lambda: lambda!.trim() };
  });

/** The SQL with the functions it calls defined in front. */
export function withFunctions(sql: string): string {
  const used = SQL_FUNCTIONS.filter(({ name }) => new RegExp(`\\b${name}\\(`).test(sql));
  if (used.length === 0) return sql;
  const definitions = used.map(({ name, lambda }) => `${lambda} AS ${name}`).join(',\n  ');
  const body = sql.trimStart();
  return /^WITH\b/i.test(body) ? `WITH ${definitions},${body.slice('WITH'.length)}` : `WITH ${definitions}\n${body}`;
}
