/** Values a model takes by `var('…')`: the quarter it is built for, and every parameter of the rule set. */
import type { Period } from '../calendar/period.ts';
import { parametersOf } from '../ruleset/bindings.ts';
import type { Catalogue } from '../ruleset/catalogue.ts';
import { funnelItems } from '../ruleset/funnel-items.ts';
import { parameterHistory } from '../ruleset/parameter-history.ts';
import type { ParameterValue } from '../ruleset/parameters.ts';
import type { RuleSet } from '../ruleset/rule-set.ts';
import type { Histories } from './compile-sql.ts';

const QUARTER_VARIABLES = ['quarter', 'year', 'quarter_start', 'quarter_end', 'cutoff', 'as_of', 'slices', 'slice'];
const RULE_SET_VARIABLES = [
  'ruleset_id',
  'scored',
  'badge_small_n',
  'badge_near_threshold',
  'deadline_lengths',
  'feedback_counts',
  'feedback_workdays',
];
/** Of the rule set and the models together (balanceVariables), and of its calendar (markCutoffs). */
const BALANCE_VARIABLES = ['read_types', 'due_buckets', 'type_duties', 'mark_cutoffs'];

/** Whether a model may say var('name'). What `ITEM.…` there is depends on the measure and shows when it is compiled. */
export function isVariable(name: string, catalogue: Catalogue): boolean {
  return (
    QUARTER_VARIABLES.includes(name) ||
    RULE_SET_VARIABLES.includes(name) ||
    BALANCE_VARIABLES.includes(name) ||
    name.startsWith('ITEM.') ||
    name in catalogue.parameters
  );
}

/** Beyond every event: the cut-off of a quarter that is still running, the as-of of "everything". */
export const FAR_FUTURE = '2199-12-31 23:59:59.999999';

export interface QuarterScope {
  /** Models call it the quarter, whatever its type. */
  quarter: Period;
  /** Local wall time `YYYY-MM-DD hh:mm:ss.ffffff` of the last microsecond that counts, or null while it is not known. */
  cutoff: string | null;
  /** Events recorded later are not seen. */
  asOf: string | null;
}

/** SQL literals. Texts come from checked rule sets and quarters only, and are quoted all the same. */
export function variablesOf(ruleSet: RuleSet, scope: QuarterScope | null): Map<string, string> {
  const values = new Map<string, string>();
  for (const [name, value] of Object.entries(ruleSet.parameters)) values.set(name, literal(ruleSet, name, value));
  values.set('ruleset_id', quote(ruleSet.id));
  values.set('scored', quote(String(ruleSet.scored)));
  values.set('badge_small_n', String(ruleSet.data.badges.small_n));
  // No share is nearer than less than nothing.
  values.set('badge_near_threshold', String(ruleSet.data.badges.near_threshold ?? -1));
  values.set('deadline_lengths', deadlineLengths(ruleSet));
  const { feedback } = funnelItems(ruleSet);
  values.set('feedback_counts', feedback === undefined ? '0' : '1');
  values.set('feedback_workdays', workdaysOf(ruleSet, feedback));
  if (scope) {
    values.set('quarter', quote(scope.quarter.id));
    values.set('year', String(scope.quarter.year));
    values.set('quarter_start', `toDate32(${quote(scope.quarter.start)})`);
    values.set('quarter_end', `toDate32(${quote(scope.quarter.end)})`);
    values.set('cutoff', moment(scope.cutoff ?? FAR_FUTURE));
    // All in one; a build in slices sets its own.
    values.set('slices', '1');
    values.set('slice', '0');
    values.set('as_of', moment(scope.asOf ?? FAR_FUTURE));
  }
  return values;
}

/** What a measure reads as `ITEM.…` when it is counted for an item. */
export function itemVariables(ruleSet: RuleSet, item: string | null): Map<string, string> {
  const values = new Map<string, string>();
  const found = ruleSet.data.items.find(({ id }) => id === item);
  if (!found) return values;
  values.set('ITEM.id', quote(found.id));
  values.set('ITEM.duties', texts(found.duty));
  const prefix = `${found.id}.`;
  for (const [name, value] of Object.entries(ruleSet.parameters))
    if (name.startsWith(prefix)) values.set(`ITEM.${name.slice(prefix.length)}`, literal(ruleSet, name, value));
  return values;
}

/** Of the parameters that change by date, and of the variables made of them. */
export function historiesOf(ruleSet: RuleSet): Histories {
  const found = new Map(Object.keys(ruleSet.parameters).map((name) => [name, literalsOf(ruleSet, name)]));
  const { feedback } = funnelItems(ruleSet);
  if (feedback !== undefined)
    found.set(
      'feedback_workdays',
      parameterHistory(ruleSet, `${feedback}.deadlineWorkdays`).map(({ from, value }) => ({
        from,
        literal: workdaysLiteral(value),
      })),
    );
  return found;
}

/** What a measure reads as `ITEM.…`. */
export function itemHistories(ruleSet: RuleSet, item: string | null): Histories {
  const prefix = `${item}.`;
  const names = item === null ? [] : Object.keys(ruleSet.parameters).filter((name) => name.startsWith(prefix));
  return new Map(names.map((name) => [`ITEM.${name.slice(prefix.length)}`, literalsOf(ruleSet, name)]));
}

function literalsOf(ruleSet: RuleSet, name: string) {
  return parameterHistory(ruleSet, name).map(({ from, value }) => ({ from, literal: literal(ruleSet, name, value) }));
}

/** The limit of an item, or NULL where the document names none. */
function workdaysOf({ parameters }: RuleSet, item: string | undefined): string {
  return workdaysLiteral(item === undefined ? null : (parameters[`${item}.deadlineWorkdays`] ?? null));
}

function workdaysLiteral(value: ParameterValue): string {
  return typeof value === 'number' ? `toNullable(toUInt32(${value}))` : "CAST(NULL, 'Nullable(UInt32)')";
}

/** Every number of workdays that a deadline of the rule set has, also of those that began under an earlier limit. */
function deadlineLengths(ruleSet: RuleSet): string {
  const known = parametersOf(ruleSet.data, ruleSet.catalogue);
  const lengths = Object.keys(ruleSet.parameters)
    .filter((name) => known[name]?.type === 'workdays')
    .flatMap((name) => parameterHistory(ruleSet, name))
    .flatMap(({ value }) => (typeof value === 'number' ? [value] : []));
  return `CAST([${[...new Set(lengths)].join(', ')}], 'Array(UInt32)')`;
}

function literal(ruleSet: RuleSet, name: string, value: ParameterValue): string {
  if (typeof value === 'number') return String(value);
  if (Array.isArray(value)) return texts(value);
  const isDay = parametersOf(ruleSet.data, ruleSet.catalogue)[name]?.type === 'day';
  if (value === null) return isDay ? "CAST(NULL, 'Nullable(Date32)')" : "CAST(NULL, 'Nullable(UInt32)')";
  return isDay ? `toDate32(${quote(String(value))})` : quote(String(value));
}

/** An array literal of texts. */
export function texts(values: readonly string[]): string {
  return `CAST([${values.map(quote).join(', ')}], 'Array(String)')`;
}

export function moment(text: string): string {
  return `toDateTime64(${quote(text)}, 6, 'Asia/Shanghai')`;
}

export function quote(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
