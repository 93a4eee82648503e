/** Reads and checks a mapping file. */
import { readFileSync } from 'node:fs';
import { CommandError } from '@hengjian/warehouse';
import { Value } from 'typebox/value';
import { parse } from 'yaml';
import { type Feature, MappingSchema, type MappingText } from './mapping-schema.ts';

export interface Mapping extends Omit<MappingText, 'features'> {
  file: string;
  features: readonly Feature[];
}

const KINDS = ['column', 'cross', 'history', 'season'] as const;

/** @throws CommandError that names the file and everything that is wrong in it. */
export function readMapping(file: string): Mapping {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new CommandError(`The mapping ${file} cannot be read: ${(error as Error).message}.`);
  }
  return parseMapping(text, file);
}

/** @throws CommandError */
export function parseMapping(text: string, file: string): Mapping {
  let data: unknown;
  try {
    data = parse(text);
  } catch (error) {
    throw unusable(file, [`it is not YAML (${(error as Error).message.split('\n')[0]})`]);
  }
  const problems = Value.Check(MappingSchema, data) ? [] : shapeProblems(data);
  if (problems.length > 0) throw unusable(file, problems);
  const mapping = data as MappingText;
  const features = mapping.features.map((feature) => (typeof feature === 'string' ? { column: feature } : feature));
  const wrong = features.flatMap((feature, index) => meaningProblems(feature, index, mapping));
  if (wrong.length > 0) throw unusable(file, wrong);
  return { ...mapping, file, features };
}

function unusable(file: string, problems: readonly string[]): CommandError {
  return new CommandError(
    `${file} is no usable mapping: ${problems.slice(0, 8).join('; ')}. It needs id, date, target and features (docs/risk.md shows one).`,
  );
}

function shapeProblems(data: unknown): string[] {
  if (typeof data !== 'object' || data === null || Array.isArray(data)) return ['it holds no keys'];
  const problems: string[] = [];
  for (const [key, value] of Object.entries(data)) {
    const schema = (MappingSchema.properties as Record<string, object>)[key];
    if (!schema) problems.push(`${key} is no key of a mapping`);
    else if (key !== 'features' && !Value.Check(schema as never, value))
      problems.push(
        `${key}: ${JSON.stringify(value)} is not ${key === 'penalty' ? 'a number above 0' : 'the name of a column'}`,
      );
  }
  for (const key of MappingSchema.required) if (!(key in data)) problems.push(`${key} is missing`);
  const { features } = data as { features?: unknown };
  if (features !== undefined && (!Array.isArray(features) || features.length === 0))
    problems.push('features is no list of columns');
  if (Array.isArray(features)) problems.push(...features.flatMap(featureShapeProblems));
  return problems;
}

function featureShapeProblems(feature: unknown, index: number): string[] {
  const schema = MappingSchema.properties.features.items;
  if (Value.Check(schema, feature)) return [];
  const where = `feature ${index + 1}`;
  if (typeof feature !== 'object' || feature === null) return [`${where} is neither the name of a column nor an entry`];
  const kinds = KINDS.filter((kind) => kind in feature);
  if (kinds.length !== 1) return [`${where} needs exactly one of ${KINDS.join(', ')}`];
  const branch = schema.anyOf.find((part) => 'properties' in part && kinds[0]! in part.properties)!;
  return [...Value.Errors(branch, feature)].map((error) =>
    `${where} (${kinds[0]}) ${error.instancePath.slice(1)} ${error.message}`.replaceAll('  ', ' '),
  );
}

function meaningProblems(feature: Feature, index: number, mapping: MappingText): string[] {
  const where = `feature ${index + 1}`;
  const own = 'column' in feature ? [feature.column] : 'cross' in feature ? feature.cross : [];
  const problems = own.includes(mapping.target)
    ? [`${where} is the target ${mapping.target} itself; use {history: ${mapping.target}, by: …} for earlier outcomes`]
    : [];
  if ('history' in feature) {
    const by = typeof feature.by === 'string' ? [feature.by] : feature.by;
    if (by.includes(mapping.target)) problems.push(`${where} groups by the target ${mapping.target}`);
  }
  if ('column' in feature) {
    if (feature.bins && (feature.knots || feature.log1p))
      problems.push(`${where} has bins, so log1p and knots have no use`);
    if (feature.as === 'category' && (feature.bins || feature.knots || feature.log1p))
      problems.push(`${where} is a category, so bins, log1p and knots have no use`);
  }
  return problems;
}
