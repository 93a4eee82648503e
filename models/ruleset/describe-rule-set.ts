/** A rule set for readers who do not program: what each item counts, by when, what it is worth, and which sentence says so. */
import { measuresOf } from './bindings.ts';
import { everHasDeadline } from './has-deadline.ts';
import { hasDuty } from './has-duty.ts';
import { loadRuleSets } from './load-rule-sets.ts';
import { parameterHistory } from './parameter-history.ts';
import { type RuleSet, ruleSetOn } from './rule-set.ts';
import type { RuleSetItem, RuleSetPart } from './schema.ts';

export interface DescribedPart {
  kind: string;
  /** Null in a rule set without points. */
  points: number | null;
  /** Share in per cent from which full points are given, where there is one. */
  thresholdPercent: number | null;
  /** [from this count on, points]. */
  steps: readonly (readonly [number, number])[];
  /** What is taken off. */
  deductions: readonly { measure: string; state: string; points: number }[];
  clause: string;
}
export interface DescribedLimit {
  /** YYYY-MM-DD; null: from ever. */
  from: string | null;
  /** Null where the document names no number. */
  length: { of: 'workdays' | 'days'; n: number } | null;
}
/** What says by when, where no number of days does; the words of a day that events tell go by the measure. */
export type DescribedDeadline =
  | { by: 'day'; day: string; later: { day: string; units: readonly string[]; units_en: readonly string[] } | null }
  | { by: 'event'; measure: string };
export interface DescribedItem {
  item: string;
  name: string;
  name_en: string;
  weight: number | null;
  /** Names of the units that have it. */
  units: readonly string[];
  /** The same in English, as far as the rule set has them. */
  units_en: readonly string[];
  /** By the first day on which the clock starts with each, the earliest first; one where it does not change by date. */
  limits: readonly DescribedLimit[];
  /** Null where a limit says it, and where time does not count. */
  deadline: DescribedDeadline | null;
  /** Time counts: in workdays, or up to a day that is set otherwise. */
  timed: boolean;
  /** Units are ranked by the share in time, not by the share done. */
  by_time: boolean;
  parts: readonly DescribedPart[];
  /** Where it stands, without the words. */
  place: string;
  /** The words of the document, with quotation marks; empty where none are given. */
  rule: string;
}
export interface DescribedRuleSet {
  id: string;
  version: string;
  hash: string;
  name: string;
  name_en: string;
  source: string;
  from: string | null;
  to: string | null;
  scored: boolean;
  parameters: readonly { name: string; value: string }[];
  items: readonly DescribedItem[];
}

/** Those at hand that are usable, by id, each in the version and with the parameters in force on a day (YYYY-MM-DD). */
export function describeRuleSets(dataDir: string, day: string): DescribedRuleSet[] {
  return [...loadRuleSets(dataDir, () => true).values()].map((ruleSet) => describeRuleSet(ruleSetOn(ruleSet, day)));
}

export function describeRuleSet(ruleSet: RuleSet): DescribedRuleSet {
  const { id, version, hash, data, scored, parameters } = ruleSet;
  return {
    id,
    version,
    hash,
    name: data.name.zh,
    name_en: data.name.en,
    source: data.source,
    from: data.in_force.from,
    to: data.in_force.to,
    scored,
    // What the file decides; defaults that no item of it reads say nothing.
    parameters: Object.keys(data.parameters).map((name) => ({ name, value: textOf(parameters[name]) })),
    items: data.items.filter(({ on }) => on !== false).map((item) => describeItem(ruleSet, item)),
  };
}

function describeItem(ruleSet: RuleSet, item: RuleSetItem): DescribedItem {
  const quote = item.clause.indexOf('“');
  const limits = limitsOf(ruleSet, item);
  const timed = isTimed(ruleSet, item);
  const holders = ruleSet.data.units.filter((unit) => hasDuty(unit, item.duty));
  return {
    item: item.id,
    name: item.name.zh,
    name_en: item.name.en,
    weight: item.weight ?? null,
    units: holders.map(({ name }) => name),
    units_en: holders.map(({ name, en = name }) => en),
    limits,
    deadline: limits.some(({ length }) => length) ? null : deadlineOf(ruleSet, item),
    timed,
    by_time: timed && ruleSet.parameters['rank.by'] !== 'done',
    parts: item.parts.map((part) => describePart(ruleSet, part)),
    place: quote < 0 ? item.clause : item.clause.slice(0, quote),
    rule: quote < 0 ? '' : item.clause.slice(quote),
  };
}

function describePart({ parameters }: RuleSet, part: RuleSetPart): DescribedPart {
  const steps = (part.steps ?? []) as readonly (readonly [number, number | string])[];
  const deductions = (part.deductions ?? []) as readonly { measure: string; state: string; points: number }[];
  return {
    kind: part.kind,
    points: part.points ?? null,
    thresholdPercent: typeof part.threshold === 'number' ? part.threshold * 100 : null,
    steps: steps.map(([from, points]) => [from, typeof points === 'number' ? points : Number(parameters[points])]),
    deductions: deductions.map(({ measure, state, points }) => ({ measure, state, points })),
    clause: part.clause,
  };
}

/** How long the item's deadline is, where one of its measures has one: in workdays, else in days. */
function limitsOf(ruleSet: RuleSet, item: RuleSetItem): DescribedLimit[] {
  const declared = item.parts
    .flatMap((part) => measuresOf(ruleSet.catalogue, part))
    .flatMap((measure) => Object.entries(ruleSet.catalogue.measures.get(measure)?.parameters ?? {}));
  const inOrder = [
    ...declared.filter(([, { type }]) => type === 'workdays').map(([name]) => [name, 'workdays'] as const),
    ...declared.filter(([name]) => /\.days$/.test(name)).map(([name]) => [name, 'days'] as const),
  ];
  for (const [name, of] of inOrder) {
    const history = parameterHistory(ruleSet, name.replace(/^ITEM\b/, item.id));
    if (history.some(({ value }) => typeof value === 'number'))
      return history.map(({ from, value }) => ({ from, length: typeof value === 'number' ? { of, n: value } : null }));
  }
  return [{ from: null, length: null }];
}

/** Of the first of the item's measures for which time counts. */
function deadlineOf(ruleSet: RuleSet, item: RuleSetItem): DescribedDeadline | null {
  const { catalogue, parameters } = ruleSet;
  for (const measure of item.parts.flatMap((part) => measuresOf(catalogue, part))) {
    const timed = catalogue.measures.get(measure)?.timed ?? false;
    if (timed === true) return { by: 'event', measure };
    const day = timed === false ? null : parameters[timed];
    if (typeof timed === 'string' && typeof day === 'string')
      return { by: 'day', day, later: laterDay(ruleSet, item, timed) };
  }
  return null;
}

/** Beside a day `X.due` some units have that of `X.laterDue`: those of the item among `X.laterUnits`. */
function laterDay({ parameters, data }: RuleSet, item: RuleSetItem, due: string) {
  const stem = due.replace(/\.due$/, '');
  const [day, ids] = [parameters[`${stem}.laterDue`], parameters[`${stem}.laterUnits`]];
  if (typeof day !== 'string' || !Array.isArray(ids)) return null;
  const units = data.units.filter((unit) => ids.includes(unit.id) && hasDuty(unit, item.duty));
  if (units.length === 0) return null;
  return { day, units: units.map(({ name }) => name), units_en: units.map(({ name, en = name }) => en) };
}

/** Also by a limit that is abolished or not yet begun: the limits beside it say for what it holds. */
function isTimed(ruleSet: RuleSet, item: RuleSetItem): boolean {
  return item.parts
    .flatMap((part) => measuresOf(ruleSet.catalogue, part))
    .some((measure) => everHasDeadline(ruleSet, item.id, measure));
}

function textOf(value: unknown): string {
  return Array.isArray(value) ? value.join(', ') : String(value ?? '–');
}
