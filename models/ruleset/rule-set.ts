/** A checked rule set: its data, its parameters with defaults filled in, and the hash of its exact text. */
import { createHash } from 'node:crypto';
import { Value } from 'typebox/value';
import { parse } from 'yaml';
import type { PeriodType } from '../calendar/period.ts';
import { type Binding, bindingsOf, parametersOf } from './bindings.ts';
import { BUILTIN, type Catalogue } from './catalogue.ts';
import { dayProblems } from './day-problems.ts';
import { emptyProblems } from './empty-problems.ts';
import { holderProblems } from './holder-problems.ts';
import { locateProblems } from './locate-problems.ts';
import { nameProblems } from './name-problems.ts';
import { defaultOf, type ParameterValue, parameterProblem } from './parameters.ts';
import { ruleSetProblems } from './rule-set-problems.ts';
import type { RuleSetText } from './schema.ts';

export interface RuleSet {
  id: string;
  version: string;
  /** SHA-256 of the exact text (and of parameter overrides, where any were given). */
  hash: string;
  /** Names the rows of the seeds: the hash, and which parameters are in force where they change by date. */
  seed: string;
  text: string;
  file: string;
  data: RuleSetText;
  /** In force on the day of `ruleSetOn`; as parsed, on the last day that changes any. */
  parameters: Readonly<Record<string, ParameterValue>>;
  catalogue: Catalogue;
  /** What the ledger counts. */
  bindings: readonly Binding[];
  /** false: rates only, without points, total and overall rank. */
  scored: boolean;
  /** Types of periods that are kept up to date and shown. */
  periods: readonly PeriodType[];
  overrides: Readonly<Record<string, ParameterValue>>;
  /** The texts that follow each other under this id, the earliest first, this one the last; absent where there is one. */
  versions?: readonly RuleSet[];
}

export class RuleSetError extends Error {
  readonly problems: readonly string[];
  constructor(file: string, problems: readonly string[]) {
    super(`${file} is not a usable rule set: ${problems.join('; ')}`);
    this.problems = problems;
  }
}

/** @throws RuleSetError that lists everything that is wrong. */
export function parseRuleSet(text: string, file: string, catalogue: Catalogue = BUILTIN): RuleSet {
  return checked(text, file, catalogue, (rules) => [
    ...ruleSetProblems(rules, catalogue),
    ...nameProblems(rules, catalogue),
    ...dayProblems(rules),
    ...emptyProblems(rules, catalogue),
    ...holderProblems(rules, catalogue),
  ]);
}

/**
 * A text that a publication keeps: slips in it that are refused today were counted by once, and stay what was published.
 * @throws RuleSetError where it cannot be counted by
 */
export function parsePublishedRuleSet(text: string, file: string): RuleSet {
  return checked(text, file, BUILTIN, (rules) => ruleSetProblems(rules, BUILTIN));
}

function checked(
  text: string,
  file: string,
  catalogue: Catalogue,
  problemsOf: (rules: RuleSetText) => string[],
): RuleSet {
  let data: unknown;
  try {
    data = parse(text);
  } catch (error) {
    throw new RuleSetError(file, [`it is not YAML: ${(error as Error).message}`]);
  }
  const shape = [...Value.Errors(catalogue.schema, data)].map(
    (error) => `${error.instancePath || 'the file'} ${error.message}`,
  );
  if (shape.length > 0) throw new RuleSetError(file, locateProblems(text, [...new Set(shape)].slice(0, 12)));
  const rules = data as RuleSetText;
  const problems = problemsOf(rules);
  if (problems.length > 0) throw new RuleSetError(file, locateProblems(text, problems));
  return finish(rules, text, file, catalogue, {}, null);
}

/** The same rule set with other parameter values, for what-if readings; its hash tells it apart. @throws RuleSetError */
export function withParameters(ruleSet: RuleSet, overrides: Record<string, ParameterValue>): RuleSet {
  const known = parametersOf(ruleSet.data, ruleSet.catalogue);
  const problems = Object.entries(overrides).flatMap(([name, value]) =>
    known[name] ? (parameterProblem(name, known[name], value) ?? []) : [`parameter ${name} is unknown`],
  );
  if (problems.length > 0) throw new RuleSetError(ruleSet.file, problems);
  return finish(
    ruleSet.data,
    ruleSet.text,
    ruleSet.file,
    ruleSet.catalogue,
    { ...ruleSet.overrides, ...overrides },
    null,
  );
}

/** The version of the rule set in force on a day (YYYY-MM-DD), with the parameters in force then. */
export function ruleSetOn(ruleSet: RuleSet, day: string): RuleSet {
  const { data, text, file, catalogue, overrides } = versionOn(ruleSet, day);
  return finish(data, text, file, catalogue, overrides, day);
}

/** The last that has begun by then; before the first begins, the first. */
function versionOn(ruleSet: RuleSet, day: string): RuleSet {
  const versions = ruleSet.versions ?? [ruleSet];
  return versions.findLast(({ data: { in_force } }) => in_force.from === null || in_force.from <= day) ?? versions[0]!;
}

/** All texts under its id. */
export function versionsOf(ruleSet: RuleSet): readonly RuleSet[] {
  return ruleSet.versions ?? [ruleSet];
}

function finish(
  data: RuleSetText,
  text: string,
  file: string,
  catalogue: Catalogue,
  overrides: Readonly<Record<string, ParameterValue>>,
  day: string | null,
): RuleSet {
  const parameters: Record<string, ParameterValue> = {};
  const dated: ParameterValue[] = [];
  for (const [name, parameter] of Object.entries(parametersOf(data, catalogue))) {
    const stands = data.parameters[name];
    const value = overrides[name] ?? inForce(stands, day);
    parameters[name] = value === undefined ? defaultOf(parameter) : value;
    if (isDated(stands)) dated.push(parameters[name]);
  }
  const changes = Object.entries(overrides).sort(([a], [b]) => (a < b ? -1 : 1));
  const digest = createHash('sha256').update(text);
  if (changes.length > 0) digest.update(JSON.stringify(changes));
  const hash = digest.digest('hex');
  const seed =
    dated.length === 0
      ? hash
      : createHash('sha256')
          .update(`${hash}${JSON.stringify(dated)}`)
          .digest('hex');
  return {
    id: data.id,
    version: data.version,
    hash,
    seed,
    text,
    file,
    data,
    parameters,
    catalogue,
    bindings: bindingsOf(data, catalogue),
    scored: data.items.some(({ weight }) => weight !== undefined),
    periods: data.periods ?? ['quarter'],
    overrides,
  };
}

type Standing = RuleSetText['parameters'][string];
type Dated = Extract<Standing, { value: unknown }[]>;

function isDated(standing: Standing | undefined): standing is Dated {
  return Array.isArray(standing) && standing.some((one) => typeof one === 'object');
}

/** The value in force on a day (without a day: the last); undefined before the first. */
function inForce(standing: Standing | undefined, day: string | null): ParameterValue | undefined {
  if (!isDated(standing)) return standing;
  return standing.findLast(({ from }) => from == null || day === null || from <= day)?.value;
}
