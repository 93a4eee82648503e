import type { AmountUnit } from '../cells/amount.ts';
import { fold } from '../cells/cell.ts';
import { type ColumnSpelling, headerKey, type Layout, type Spelling, spells, valueKey } from './layout.ts';
import type { LayoutFile } from './layout-file.ts';
import { READINGS, type ReadingColumns, type ReadingName } from './readings.ts';

/** Those that a file may name. */
const OF_FILES = Object.keys(READINGS).filter((name) => name !== 'entries');

/** @param path of the file, empty for the product's own */
export function compileLayout(file: LayoutFile, path: string): Layout | { problems: string[] } {
  const rows = file.rows;
  if (rows === undefined || !OF_FILES.includes(rows))
    return { problems: [`rows must be one of ${OF_FILES.join(', ')}${rows ? `, not ${rows}` : ''}`] };
  const problems = problemsOf(file, READINGS[rows as ReadingName]);
  const columns = new Map<string, ColumnSpelling>();
  for (const [name, spellings] of Object.entries(file.columns ?? {}))
    columns.set(name, {
      ...compileSpellings(name, spellings, problems),
      preferred: (file.preferred?.[name] ?? []).map((one) => compileSpellings(name, [one], problems)),
    });
  for (const [name, header] of Object.entries(file.template ?? {})) {
    const column = columns.get(name);
    if (!column || !spells(column, headerKey(header))) problems.push(`template: ${header} is no header of ${name}`);
  }
  if (problems.length > 0) return { problems };
  return {
    id: file.id,
    title: file.title,
    rows: rows as ReadingName,
    family: file.family,
    columns,
    required: file.required ?? [],
    oneOf: file.one_of ?? [],
    lines: new Map((file.lines ?? []).map((name) => [name, literalsOf(file, name)])),
    recognisedBy: file.recognised_by && {
      header: file.recognised_by.header.map(fold),
      above: file.recognised_by.above.map(fold),
    },
    organs: file.organs ?? [],
    codes: new Set(file.codes),
    days: new Set(file.days),
    numbers: new Set(file.numbers),
    keep: new Set(file.keep),
    units: new Map(
      Object.entries(file.units ?? {}).map(([header, unit]): [string, AmountUnit] => [
        headerKey(header),
        unit === '元' ? 'yuan' : 'ten_thousand',
      ]),
    ),
    values: new Map(
      Object.entries(file.values ?? {}).map(([column, values]) => [
        column,
        new Map(Object.entries(values).map(([text, value]) => [valueKey(text), value])),
      ]),
    ),
    template: file.template && new Map(Object.entries(file.template)),
    file: path,
  };
}

function problemsOf(file: LayoutFile, { columns, needs }: ReadingColumns): string[] {
  const given = new Set(Object.keys(file.columns ?? {}));
  const problems: string[] = [];
  for (const name of given)
    if (!columns.includes(name))
      problems.push(`there is no column ${name} for ${file.rows}; there are ${columns.join(', ')}`);
  for (const list of ['required', 'one_of', 'lines', 'organs', 'codes', 'days', 'numbers', 'keep'] as const)
    for (const name of file[list] ?? [])
      if (!columns.includes(name)) problems.push(`${list} names ${name}, which is no column of ${file.rows}`);
  for (const name of [...(file.required ?? []), ...(file.lines ?? [])])
    if (!given.has(name) && columns.includes(name)) problems.push(`columns must say the headers of ${name}`);
  for (const name of Object.keys(file.preferred ?? {}))
    if (!given.has(name)) problems.push(`preferred names ${name}, of which columns says no headers`);
  for (const name of needs) if (!given.has(name)) problems.push(`columns must say the headers of ${name}`);
  for (const name of file.lines ?? [])
    if (given.has(name) && literalsOf(file, name).length === 0)
      problems.push(`lines: ${name} needs a header that is no pattern`);
  if (file.rows === 'listings' && file.family === undefined) problems.push('family must be abnormal or blacklist');
  if ((file.required ?? []).length < 2)
    problems.push('required must name at least two columns, or every table would be taken for it');
  return [...new Set(problems)];
}

const isPattern = (text: string): boolean => text.length > 2 && text.startsWith('/') && text.endsWith('/');

function literalsOf(file: LayoutFile, name: string): string[] {
  return (file.columns?.[name] ?? []).filter((one): one is string => typeof one === 'string' && !isPattern(one));
}

function compileSpellings(
  column: string,
  spellings: NonNullable<LayoutFile['columns']>[string],
  problems: string[],
): Spelling {
  const literals = new Set<string>();
  const patterns: RegExp[] = [];
  const containing: { text: string; without: string[] }[] = [];
  for (const one of spellings) {
    if (typeof one === 'object')
      containing.push({ text: headerKey(one.contains), without: one.without.map(headerKey) });
    else if (isPattern(one)) {
      try {
        patterns.push(new RegExp(`^(?:${one.slice(1, -1)})$`, 'u'));
      } catch (error) {
        problems.push(`${column}: ${one} is no regular expression (${(error as Error).message})`);
      }
    } else literals.add(headerKey(one));
  }
  return { literals, patterns, containing };
}
