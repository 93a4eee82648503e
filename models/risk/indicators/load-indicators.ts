/** Reads the indicators: the office's own file in the data directory, else the product's. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { factMembers } from '@hengjian/contract/facts/fact-form.ts';
import { eventTypes } from '@hengjian/contract/schema/event-types.ts';
import { CommandError } from '@hengjian/warehouse';
import { Value } from 'typebox/value';
import { parse } from 'yaml';
import { type DirectRule, type Indicator, type IndicatorFile, IndicatorFileSchema } from './indicator-schema.ts';

export interface IndicatorSet extends Omit<IndicatorFile, 'direct'> {
  direct: DirectRule[];
  file: string;
  /** SHA-256 of the exact text. */
  hash: string;
}

export const MICRO = 1_000_000;

/** @throws CommandError that names the file and everything that is wrong in it */
export function loadIndicators(dataDir?: string): IndicatorSet {
  const own = dataDir && join(dataDir, 'risk-indicators.yaml');
  const file = own && existsSync(own) ? own : join(import.meta.dirname, 'indicators.yaml');
  return readIndicators(file);
}

/** @throws CommandError */
export function readIndicators(file: string): IndicatorSet {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new CommandError(`The risk indicators ${file} cannot be read: ${(error as Error).message}.`);
  }
  return parseIndicators(text, file);
}

/** @throws CommandError */
export function parseIndicators(text: string, file: string): IndicatorSet {
  let data: unknown;
  try {
    data = parse(text);
  } catch (error) {
    throw unusable(file, [`it is not YAML (${(error as Error).message.split('\n')[0]})`]);
  }
  const shape = [...Value.Errors(IndicatorFileSchema, data)].map(
    (error) => `${error.instancePath || 'the file'} ${error.message}`,
  );
  if (shape.length > 0) throw unusable(file, [...new Set(shape)]);
  const indicators = data as IndicatorFile;
  const problems = problemsOf(indicators);
  if (problems.length > 0) throw unusable(file, problems);
  const hash = createHash('sha256').update(text).digest('hex');
  return { ...indicators, direct: indicators.direct ?? [], file, hash };
}

function unusable(file: string, problems: readonly string[]): CommandError {
  return new CommandError(`${file} holds no usable risk indicators: ${problems.slice(0, 8).join('; ')}.`);
}

function problemsOf({ tiers, thresholds, shares, indicators, direct = [] }: IndicatorFile): string[] {
  const problems: string[] = [];
  if (tiers.some((tier, i) => i > 0 && tier <= tiers[i - 1]!)) problems.push('tiers must be letters in rising order');
  const cuts = thresholds ?? shares;
  if (!cuts || (thresholds && shares)) problems.push('exactly one of thresholds and shares is needed');
  else if (cuts.length !== tiers.length - 1) problems.push(`${tiers.length} tiers need ${tiers.length - 1} cuts`);
  else if (cuts.some((cut, i) => i > 0 && cut <= cuts[i - 1]!)) problems.push('the cuts must rise');
  const ids = [...indicators, ...direct].map(({ id }) => id);
  for (const id of new Set(ids.filter((id, i) => ids.indexOf(id) !== i))) problems.push(`${id} stands twice`);
  for (const { id, decay, window_days, weight, cap } of indicators) {
    if (decay === 'even' && !window_days) problems.push(`${id} fades evenly, so it needs window_days`);
    for (const [name, points] of Object.entries({ weight, cap }))
      if (points !== undefined && !isWholeMicro(points)) problems.push(`${id}: ${name} has more than six digits`);
  }
  for (const rule of [...indicators, ...direct]) problems.push(...evidenceProblems(rule));
  for (const { id, tier } of direct)
    if (!tiers.includes(tier)) problems.push(`${id} assigns ${tier}, which is no tier`);
  return problems;
}

/** A rule that can never find anything would be wrong without a word. */
function evidenceProblems({ id, event, cleared_by, where }: Indicator | DirectRule): string[] {
  const unknown = [event, ...(cleared_by ? [cleared_by] : [])].filter((type) => !eventTypes.has(type));
  if (unknown.length > 0) return unknown.map((type) => `${id} reads ${type}, which is no event type (docs/events.md)`);
  if (!where) return [];
  const read = factMembers(eventTypes.get(event)!.data).map(({ name }) => name);
  return read.includes(where.member)
    ? []
    : [`${id} asks for ${where.member}, but of ${event} only ${read.join(', ') || 'nothing'} is read`];
}

const isWholeMicro = (points: number): boolean => Math.abs(points * MICRO - Math.round(points * MICRO)) < 1e-3;

/** One row of the table risk_indicators. */
export interface IndicatorRow {
  version_hash: string;
  indicator: string;
  tier: string;
  event: string;
  weight: number;
  cap: number;
  window_days: number;
  fades: number;
  latest: number;
  cleared_by: string;
  repairable: number;
  member: string;
  one_of: string[];
  starts_with: string[];
  at_least: number | null;
  same_address: number;
}

const NO_CAP = 1e15;

export function indicatorRows({ hash, indicators, direct }: IndicatorSet): IndicatorRow[] {
  return [
    ...indicators.map((indicator) => ({
      ...evidenceRow(indicator, hash),
      tier: '',
      weight: Math.round(indicator.weight * MICRO),
      cap: indicator.cap ? Math.round(indicator.cap * MICRO) : NO_CAP,
      fades: Number(fades(indicator)),
    })),
    ...direct.map((rule) => ({ ...evidenceRow(rule, hash), tier: rule.tier, weight: 0, cap: 0, fades: 0 })),
  ];
}

export const fades = ({ decay, window_days }: Indicator): boolean => window_days !== undefined && decay !== 'none';

function evidenceRow(rule: Indicator | DirectRule, hash: string) {
  const { where } = rule;
  return {
    version_hash: hash,
    indicator: rule.id,
    event: rule.event,
    window_days: rule.window_days ?? 0,
    latest: Number(rule.latest ?? false),
    cleared_by: rule.cleared_by ?? '',
    repairable: Number(rule.repairable ?? false),
    member: where?.member ?? '',
    one_of: where && 'one_of' in where ? where.one_of : [],
    starts_with: where && 'starts_with' in where ? where.starts_with : [],
    at_least: where && 'at_least' in where ? where.at_least : null,
    same_address: rule.same_address ?? 0,
  };
}
