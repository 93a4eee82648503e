/** What rule sets are made of, found from files: a measure is a file in `measures/`, a kind is a folder in `kinds/`. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import type { TProperties } from 'typebox';
import type { PartKind } from '../kinds/part-kind.ts';
import { type Model, ModelError } from '../runner/model.ts';
import { parseModel } from '../runner/parse-model.ts';
import { type Parameter, type Parameters, RULE_SET_PARAMETERS } from './parameters.ts';
import { ruleSetSchema } from './schema.ts';

export interface Kind extends PartKind {
  id: string;
}

export interface Catalogue {
  measures: ReadonlyMap<string, Model>;
  kinds: ReadonlyMap<string, Kind>;
  /** `<kind>_share`, `<kind>_lost`, `<kind>_absent` and what they read. */
  kindModels: readonly Model[];
  /** Declared by the rule set as a whole, by measures and by kinds. `ITEM.x` stands for the `x` of each item bound to a measure. */
  parameters: Parameters;
  schema: ReturnType<typeof ruleSetSchema>;
  /** The text of every file, for the hash of the models. */
  texts: readonly string[];
}

const room = fileURLToPath(new URL('../', import.meta.url));
export const MEASURES_DIRECTORY = join(room, 'measures');
export const KINDS_DIRECTORY = join(room, 'kinds');

/** Later directories add to earlier ones. @throws ModelError naming the file that is wrong. */
export async function loadCatalogue(
  directories: { measures: readonly string[]; kinds: readonly string[] } = {
    measures: [MEASURES_DIRECTORY],
    kinds: [KINDS_DIRECTORY],
  },
): Promise<Catalogue> {
  const texts: string[] = [];
  const read = (file: string): Model => {
    const text = readFileSync(file, 'utf8');
    texts.push(text);
    return parseModel(text, relative(room, file));
  };
  const measures = new Map<string, Model>();
  for (const file of directories.measures.flatMap((directory) => filesIn(directory, '.sql'))) {
    const model = read(file);
    if (model.kind !== 'measure') throw new ModelError(`${model.file}:1: a file in measures/ has the kind measure`);
    if ('amount' in model.columns !== 'amount_done' in model.columns)
      throw new ModelError(`${model.file}:1: the columns amount and amount_done go together`);
    const other = measures.get(model.name);
    if (other) throw new ModelError(`${model.file}:1: ${other.file} has the name ${model.name} already`);
    measures.set(model.name, model);
  }
  const kinds = new Map<string, Kind>();
  const kindModels: Model[] = [];
  for (const folder of directories.kinds.flatMap(foldersIn)) {
    const id = folder.split(/[\\/]/).at(-1)!;
    const schema = join(folder, 'schema.ts');
    texts.push(readFileSync(schema, 'utf8'));
    const { kind } = (await import(pathToFileURL(schema).href)) as { kind: PartKind };
    const models = filesIn(folder, '.sql').map(read);
    for (const name of [`${id}_share`, `${id}_lost`])
      if (!models.some((model) => model.name === name))
        throw new ModelError(`${relative(room, folder)}: a kind needs ${name.slice(id.length + 1)}.sql`);
    kinds.set(id, { ...kind, id });
    kindModels.push(...models);
  }
  const parameters = mergeParameters(measures, kinds);
  const members = Object.assign({}, ...[...kinds.values()].map((kind) => kind.members)) as TProperties;
  return { measures, kinds, kindModels, parameters, schema: ruleSetSchema(members), texts };
}

function mergeParameters(measures: ReadonlyMap<string, Model>, kinds: ReadonlyMap<string, Kind>): Parameters {
  const found: Record<string, Parameter> = { ...RULE_SET_PARAMETERS };
  const sources = [
    ...[...measures.values()].map((model) => [model.file, model.parameters ?? {}] as const),
    ...[...kinds.values()].map((kind) => [`kinds/${kind.id}`, kind.parameters ?? {}] as const),
  ];
  for (const [file, declared] of sources)
    for (const [name, parameter] of Object.entries(declared)) {
      // Each measure has its own default for ITEM.x.
      if (name.startsWith('ITEM.')) continue;
      if (found[name] && !isDeepStrictEqual(found[name], parameter))
        throw new ModelError(`${file}:1: parameter ${name} is declared otherwise in another file`);
      found[name] = parameter;
    }
  return found;
}

function filesIn(directory: string, ending: string): string[] {
  if (!existsSync(directory)) return [];
  return readdirSync(directory)
    .filter((name) => name.endsWith(ending))
    .sort()
    .map((name) => join(directory, name));
}

function foldersIn(directory: string): string[] {
  // A bundle of the dashboard's pages stands elsewhere; it is given its rule sets and reads none.
  if (!existsSync(directory)) return [];
  return readdirSync(directory, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => join(directory, entry.name))
    .sort();
}

/** The measures and kinds of the product. */
export const BUILTIN: Catalogue = await loadCatalogue();
