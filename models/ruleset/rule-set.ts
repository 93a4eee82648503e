/** A checked rule set: its data, its parameters with defaults filled in, and the hash of its exact text. */
import { createHash } from 'node:crypto';
import { Value } from 'typebox/value';
import { parse } from 'yaml';
import { defaultOf, PARAMETERS, type ParameterValue, parameterProblem } from './parameters.ts';
import { type RuleSetPart, RuleSetSchema, type RuleSetText } from './schema.ts';

export interface RuleSet {
  id: string;
  version: string;
  /** SHA-256 of the exact text (and of parameter overrides, where any were given). */
  hash: string;
  text: string;
  file: string;
  data: RuleSetText;
  parameters: Readonly<Record<string, ParameterValue>>;
}

export class RuleSetError extends Error {
  readonly problems: readonly string[];
  constructor(file: string, problems: readonly string[]) {
    super(`${file} is not a usable rule set: ${problems.join('; ')}`);
    this.problems = problems;
  }
}

/** @throws RuleSetError that lists everything that is wrong. */
export function parseRuleSet(text: string, file: string): RuleSet {
  let data: unknown;
  try {
    data = parse(text);
  } catch (error) {
    throw new RuleSetError(file, [`it is not YAML: ${(error as Error).message}`]);
  }
  const shape = [...Value.Errors(RuleSetSchema, data)].map(
    (error) => `${error.instancePath || 'the file'} ${error.message}`,
  );
  if (shape.length > 0) throw new RuleSetError(file, [...new Set(shape)].slice(0, 12));
  const rules = data as RuleSetText;
  const problems = problemsOf(rules);
  if (problems.length > 0) throw new RuleSetError(file, problems);
  return finish(rules, text, file, {});
}

/** The same rule set with other parameter values, for what-if readings; its hash tells it apart. @throws RuleSetError */
export function withParameters(ruleSet: RuleSet, overrides: Record<string, ParameterValue>): RuleSet {
  const problems = Object.entries(overrides).flatMap(([name, value]) => parameterProblem(name, value) ?? []);
  if (problems.length > 0) throw new RuleSetError(ruleSet.file, problems);
  return finish(ruleSet.data, ruleSet.text, ruleSet.file, overrides);
}

function finish(data: RuleSetText, text: string, file: string, overrides: Record<string, ParameterValue>): RuleSet {
  const parameters: Record<string, ParameterValue> = {};
  for (const name of Object.keys(PARAMETERS))
    parameters[name] = overrides[name] ?? data.parameters[name] ?? defaultOf(name);
  const changes = Object.entries(overrides).sort(([a], [b]) => (a < b ? -1 : 1));
  const hash = createHash('sha256').update(text);
  if (changes.length > 0) hash.update(JSON.stringify(changes));
  return { id: data.id, version: data.version, hash: hash.digest('hex'), text, file, data, parameters };
}

function problemsOf(rules: RuleSetText): string[] {
  const problems: string[] = [];
  for (const [name, value] of Object.entries(rules.parameters)) {
    const problem = parameterProblem(name, value);
    if (problem) problems.push(problem);
  }
  for (const [what, ids] of [
    ['item', rules.items.map((item) => item.id)],
    ['unit', rules.units.map((unit) => unit.id)],
  ] as const) {
    for (const id of new Set(ids.filter((id, i) => ids.indexOf(id) !== i))) problems.push(`${what} ${id} stands twice`);
  }
  const names = new Map<string, string>();
  for (const { id, name, aliases = [] } of rules.units)
    for (const text of [id, name, ...aliases]) {
      const other = names.get(text);
      if (other !== undefined && other !== id) problems.push(`"${text}" stands for the units ${other} and ${id}`);
      names.set(text, id);
    }
  for (const item of rules.items) {
    const sum = item.parts.reduce((total, part) => total + Math.round(part.points * 1e6), 0);
    if (sum !== Math.round(item.weight * 1e6))
      problems.push(`the parts of item ${item.id} give ${sum / 1e6} points, its weight is ${item.weight}`);
    if (item.parts.filter((part) => part.shown).length !== 1)
      problems.push(`exactly one part of item ${item.id} must be shown: true (its figures are the item's)`);
    for (const part of item.parts) problems.push(...partProblems(item.id, part));
  }
  const total = rules.items.reduce((sum, item) => sum + Math.round(item.weight * 1e6), 0);
  if (total !== 100e6) problems.push(`the weights of all items give ${total / 1e6}, not 100`);
  return problems;
}

function partProblems(item: string, part: RuleSetPart): string[] {
  const where = `part ${part.id} of item ${item}`;
  const problems: string[] = [];
  if (part.kind === 'deductions') {
    if (!part.deductions) problems.push(`${where} needs deductions`);
  } else if (!part.measure) problems.push(`${where} needs a measure`);
  if (part.kind === 'ratio_full' && part.threshold === undefined) problems.push(`${where} needs a threshold`);
  if (part.kind === 'timely' && (!part.lost?.late || !part.lost.missed))
    problems.push(`${where} needs lost.missed and lost.late`);
  if (part.kind === 'mark_or_ratio' && !(part.lost?.missed && part.lost.none && part.lost.mark))
    problems.push(`${where} needs lost.missed, lost.none and lost.mark`);
  if (part.kind !== 'deductions' && !part.lost?.missed) problems.push(`${where} needs lost.missed`);
  if (part.kind === 'steps') {
    if (!part.steps) return [...problems, `${where} needs steps`];
    if (part.steps[0]![0] !== 0) problems.push(`the steps of ${where} must begin at 0`);
    for (const [i, [from, points]] of part.steps.entries()) {
      if (i > 0 && from <= part.steps[i - 1]![0]) problems.push(`the steps of ${where} must rise`);
      if (typeof points === 'string' && PARAMETERS[points]?.kind !== 'number')
        problems.push(`${where} names ${points}, which is no number parameter`);
      if (typeof points === 'number' && points > part.points)
        problems.push(`a step of ${where} exceeds its ${part.points} points`);
    }
    if (part.steps.at(-1)![1] !== part.points)
      problems.push(`the last step of ${where} must give its ${part.points} points`);
    if (part.mark_at_zero && !part.lost?.mark) problems.push(`${where} needs lost.mark`);
  }
  return problems;
}
