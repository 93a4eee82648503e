/** The layouts at hand: those of the product, and those an office put into `<data directory>/layouts/` (its file wins). */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Value } from 'typebox/value';
import { parse } from 'yaml';
import { compileLayout } from './compile-layout.ts';
import type { Layout } from './layout.ts';
import { type LayoutFile, LayoutFileSchema } from './layout-file.ts';

export class LayoutError extends Error {
  readonly problems: readonly string[];
  constructor(file: string, problems: readonly string[]) {
    super(`${file} is not a usable layout: ${problems.join('; ')}`);
    this.problems = problems;
  }
}

const builtin = fileURLToPath(new URL('./', import.meta.url));
/** Layouts of an office that say no order come behind those of the product. */
const LAST = 50_000;

export const layoutsDirectory = (dataDir: string): string => join(dataDir, 'layouts');

/** In the order in which they are tried. @throws LayoutError naming the file and everything that is wrong with it */
export function loadLayouts(dataDir?: string): Layout[] {
  const files = readDirectory(builtin);
  const own = dataDir ? layoutsDirectory(dataDir) : undefined;
  if (own && existsSync(own)) for (const [id, file] of readDirectory(own)) files.set(id, file);
  return compileAll(files);
}

/** Checks one file beside those at hand. @throws LayoutError */
export function checkLayoutFile(path: string, dataDir?: string): Layout | undefined {
  const files = readDirectory(builtin);
  const own = dataDir ? layoutsDirectory(dataDir) : undefined;
  if (own && existsSync(own)) for (const [id, file] of readDirectory(own)) files.set(id, file);
  const checked = readLayoutFile(path);
  files.set(checked.data.id, checked);
  return compileAll(files).find(({ id }) => id === checked.data.id);
}

interface ReadFile {
  path: string;
  data: LayoutFile;
}

function readDirectory(directory: string): Map<string, ReadFile> {
  const files = new Map<string, ReadFile>();
  const names = readdirSync(directory)
    .filter((name) => /\.ya?ml$/.test(name))
    .sort();
  for (const name of names) {
    const file = readLayoutFile(join(directory, name));
    const before = files.get(file.data.id);
    if (before) throw new LayoutError(file.path, [`${before.path} has the id ${file.data.id} too`]);
    files.set(file.data.id, file);
  }
  return files;
}

function readLayoutFile(path: string): ReadFile {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new LayoutError(path, [`it cannot be read (${(error as NodeJS.ErrnoException).code ?? 'error'})`]);
  }
  let data: unknown;
  try {
    data = parse(text);
  } catch (error) {
    throw new LayoutError(path, [`it is not YAML: ${(error as Error).message}`]);
  }
  const problems = [...Value.Errors(LayoutFileSchema, data)].map(
    (error) => `${error.instancePath || 'the file'} ${error.message}`,
  );
  if (problems.length > 0) throw new LayoutError(path, [...new Set(problems)].slice(0, 12));
  return { path, data: data as LayoutFile };
}

function compileAll(files: ReadonlyMap<string, ReadFile>): Layout[] {
  const order = ({ data, path }: ReadFile) => data.order ?? (path.startsWith(builtin) ? 0 : LAST);
  return [...files.values()]
    .filter(({ data }) => !data.abstract)
    .sort((a, b) => order(a) - order(b) || (a.data.id < b.data.id ? -1 : 1))
    .map((file) => {
      const layout = compileLayout(inherited(file, files), file.path.startsWith(builtin) ? '' : file.path);
      if ('problems' in layout) throw new LayoutError(file.path, layout.problems);
      return layout;
    });
}

/** The file with what it does not say taken from the layouts it extends; columns and value lists one by one. */
function inherited(file: ReadFile, files: ReadonlyMap<string, ReadFile>): LayoutFile {
  let merged = file.data;
  const seen = new Set([merged.id]);
  for (let parent = merged.extends; parent !== undefined; ) {
    const found = files.get(parent);
    if (!found || seen.has(parent))
      throw new LayoutError(file.path, [
        found ? `it extends itself by way of ${parent}` : `it extends ${parent}, and there is no such layout`,
      ]);
    seen.add(parent);
    const { order: _order, abstract: _abstract, recognised_by: _words, template: _template, ...rest } = found.data;
    merged = {
      ...rest,
      ...merged,
      columns: { ...rest.columns, ...merged.columns },
      preferred: { ...rest.preferred, ...merged.preferred },
      units: { ...rest.units, ...merged.units },
      values: { ...rest.values, ...merged.values },
    };
    parent = found.data.extends;
  }
  return merged;
}
