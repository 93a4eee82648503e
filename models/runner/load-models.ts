/** Reads every model of the room (`sql/`, `serving/`, measures and kinds) and makes one graph of them. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { BUILTIN, type Catalogue } from '../ruleset/catalogue.ts';
import { compileGraph, type ModelGraph } from './compile-graph.ts';
import { parseModel } from './parse-model.ts';
import { SQL_FUNCTIONS } from './sql-functions.ts';

const room = fileURLToPath(new URL('../', import.meta.url));

/** @throws ModelError naming file and line. */
export function loadModels(
  catalogue: Catalogue = BUILTIN,
  directories: readonly string[] = [join(room, 'sql'), join(room, 'serving')],
  base = room,
): ModelGraph {
  const files = directories
    .filter((directory) => existsSync(directory))
    .flatMap((directory) =>
      readdirSync(directory, { recursive: true, encoding: 'utf8' }).map((file) => join(directory, file)),
    )
    .filter((file) => file.endsWith('.sql'))
    .sort();
  const hash = createHash('sha256');
  const models = files.map((file) => {
    const text = readFileSync(file, 'utf8');
    hash.update(text);
    return parseModel(text, relative(base, file));
  });
  for (const text of [...catalogue.texts, ...SQL_FUNCTIONS.map(({ lambda }) => lambda)]) hash.update(text);
  return compileGraph(
    [...models, ...catalogue.measures.values(), ...catalogue.kindModels],
    hash.digest('hex'),
    catalogue,
  );
}
