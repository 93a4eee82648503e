/** The form of /draws/new: what a person chose, as the rules of a draw. Pure, so that the preview and the commitment read alike. */
import { isCalendarDay } from '@hengjian/contract/schema/calendar-day.ts';
import { type PlannedBeacon, planBeacon } from '@hengjian/models/draw/beacon/planned-beacon.ts';
import { CHECK_TYPES, DEFAULT_TIERS, EXEMPTIONS, type TaskRules } from '@hengjian/models/draw/task/task-plan.ts';
import type { DrawValues } from './draw-values.ts';
import { ratioOfPercent } from './rational.ts';

export interface ReadRules {
  rules: TaskRules;
  /** Field → key of the sentence. */
  problems: Record<string, 'draws.new.wrong.percent' | 'draws.new.wrong.whole'>;
}

/** Tiers that the form asks a ratio for. @param alphabet the office's own tiers and those that classified subjects have */
export function tiersOf(values: DrawValues, alphabet: readonly string[]): string[] {
  const asked = Object.keys(values).flatMap((name) => /^ratio_(.{1,16})$/u.exec(name)?.[1] ?? []);
  return [...new Set([...alphabet, ...asked])].sort();
}

export function readRules(values: DrawValues, alphabet: readonly string[] = Object.keys(DEFAULT_TIERS)): ReadRules {
  const problems: ReadRules['problems'] = {};
  const whole = (name: string, most: number): number => {
    const text = values[name]?.trim() ?? '';
    if (text !== '' && (!/^\d{1,7}$/.test(text) || Number(text) > most)) problems[name] = 'draws.new.wrong.whole';
    return problems[name] || text === '' ? 0 : Number(text);
  };
  const tiers: Record<string, string> = {};
  for (const tier of tiersOf(values, alphabet)) {
    const typed = values[`ratio_${tier}`];
    const usual = (DEFAULT_TIERS as Record<string, string>)[tier];
    if (typed === undefined) {
      if (usual) tiers[tier] = usual;
    } else if (typed.trim() !== '') {
      const ratio = ratioOfPercent(typed);
      if (!ratio) problems[`ratio_${tier}`] = 'draws.new.wrong.percent';
      else tiers[tier] = ratio;
    }
  }
  const checkType = CHECK_TYPES.find((known) => known === values.check) ?? 'daily';
  const strata = listOf(values.stratum ?? 'area').filter((name) => name === 'area' || name === 'industry');
  return {
    rules: {
      department: values.department ?? '',
      tiers,
      n: whole('n', 9_999_999) || undefined,
      strata,
      untiered: values.untiered?.trim() || undefined,
      tierSource: values.tier_source?.trim() || undefined,
      areas: listOf(values.area ?? ''),
      industries: listOf(values.industry ?? ''),
      coolingDays: whole('cooling', 3650),
      cap: whole('cap', 1000),
      exemption: EXEMPTIONS.find((known) => known === values.exempt),
      checkType,
      matters: matterLines(values.matters ?? ''),
    },
    problems,
  };
}

/** @throws DrawError for a time that is not ahead, or a name with a slash */
export function readBeacon(values: DrawValues, now = Date.now()): PlannedBeacon {
  const kind = values.beacon === 'drand' ? 'drand' : 'text';
  return planBeacon(kind, momentOfField(values.beacon_at ?? ''), values.beacon_name?.trim() ?? '', now);
}

/** A field of type datetime-local holds the legal clock. */
function momentOfField(text: string): number {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?$/.test(text) && isCalendarDay(text.slice(0, 10))
    ? Date.parse(`${text}+08:00`)
    : Number.NaN;
}

export function matterLines(text: string): string[] {
  return text
    .split(/[\r\n]+/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .slice(0, 100);
}

function listOf<T extends string>(text: string): T[] {
  return text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '') as T[];
}
