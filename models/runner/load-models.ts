/** Reads every model of the room (`sql/` and `serving/`) and makes one graph of them. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compileGraph, type ModelGraph } from './compile-graph.ts';
import { parseModel } from './parse-model.ts';

const room = fileURLToPath(new URL('../', import.meta.url));

/** @throws ModelError naming file and line. */
export function loadModels(
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
  return compileGraph(models, hash.digest('hex'));
}
