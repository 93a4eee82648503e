/** A past quarter by a draft rule set beside the one in force: what each unit and item would have got. Nothing live changes. */
import type { Environment, Warehouse } from '@hengjian/warehouse';
import { latestOf, readChain } from '../publication/read-chain.ts';
import type { ItemScore } from '../queries/item-score.ts';
import { assembleScores, type Scores } from '../queries/read-scores.ts';
import { diffRuleSets } from '../ruleset/diff-rule-sets.ts';
import { parsePublishedRuleSet, type RuleSet, ruleSetOn } from '../ruleset/rule-set.ts';
import { loadProject } from '../runner/project.ts';
import { buildWhatIf } from '../runner/what-if.ts';
import { periodOrError, scoreQuarter } from './score-quarter.ts';
import { wallTime } from './wall-time.ts';

export interface ComparedFigures {
  /** Attainable points, and points as a reduced fraction; null in a rule set of rates. */
  weight: number | null;
  points: string | null;
  numerator: number | null;
  denominator: number | null;
  on_time: number | null;
  /** Of a rate. */
  rank: number | null;
}
export interface ComparedItem {
  item: string;
  name: { zh: string; en: string };
  /** Null where the unit has no such item. */
  before: ComparedFigures | null;
  after: ComparedFigures | null;
}
export interface ComparedUnit {
  unit: string;
  name: string;
  /** '' where the rule set gives none. */
  name_en: string;
  /** Null where the rule set has no such unit; rank and total are null in a rule set of rates. The total is a reduced fraction. */
  before: { rank: number | null; total: string | null } | null;
  after: { rank: number | null; total: string | null } | null;
  items: ComparedItem[];
}
export interface RuleSetComparison {
  quarter: string;
  before: { id: string; version: string; hash: string; status: Scores['status'] };
  after: { id: string; version: string; hash: string };
  /** Events recorded up to this moment were counted on both sides, ISO 8601. */
  as_of: string;
  /** What the texts differ in, one line each. */
  differences: string[];
  /** In the order of the rank before; units of the draft alone at the end. */
  units: ComparedUnit[];
}

export interface ComparisonRequest {
  quarter: string;
  draft: RuleSet;
  /** Id of the rule set beside it: default the one that is kept up to date. */
  against?: string | undefined;
  now?: Date;
}

/**
 * Each side by the text and parameters in force on the quarter's last day, in figures as in what differs. A published quarter is
 * compared as it was published, by the text kept with it: the draft counts the same events.
 * @throws CommandError for a wrong quarter or one that cannot be scored; CalendarError, RuleSetError, BuildError
 */
export async function compareRuleSets(
  warehouse: Warehouse,
  environment: Pick<Environment, 'dataDir' | 'ruleset'>,
  { quarter, draft, against, now }: ComparisonRequest,
): Promise<RuleSetComparison> {
  const project = loadProject({ ...environment, asked: against });
  const clock = now ? { now } : {};
  const before = await scoreQuarter(warehouse, environment, { quarter, ruleset: project.ruleSet.id, ...clock });
  const asOf = before.status === 'draft' ? null : wallTime(before.as_of);
  const period = periodOrError(quarter);
  const published =
    before.status === 'draft' ? undefined : await publishedRules(warehouse, project.ruleSet.id, quarter);
  const inForce = ruleSetOn(published ?? project.ruleSet, period.end);
  const drafted = ruleSetOn(draft, period.end);
  const built = await buildWhatIf(warehouse, { ...project, ruleSet: drafted }, period, { asOf, ...clock });
  try {
    const after = await assembleScores(built.warehouse, 'mart', {
      quarter,
      status: 'draft',
      ruleset: { id: drafted.id, version: drafted.version, hash: drafted.hash },
      cutoff: null,
      as_of: before.as_of,
    });
    return {
      quarter,
      before: { ...before.ruleset, hash: inForce.hash, status: before.status },
      after: { ...after.ruleset, hash: drafted.hash },
      as_of: before.as_of,
      differences: diffRuleSets(inForce, drafted),
      units: besideEachOther(before, after, inForce, drafted),
    };
  } finally {
    await built.drop();
  }
}

/** The rules by which the newest publication of a quarter was counted. */
async function publishedRules(warehouse: Warehouse, ruleset: string, quarter: string): Promise<RuleSet | undefined> {
  const found = latestOf(await readChain(warehouse), ruleset, quarter);
  return found && parsePublishedRuleSet(found.rulesetText, `rule set of ${quarter} as published`);
}

function besideEachOther(before: Scores, after: Scores, inForce: RuleSet, draft: RuleSet): ComparedUnit[] {
  const later = new Map(after.units.map((unit) => [unit.unit, unit]));
  const earlier = new Map(before.units.map((unit) => [unit.unit, unit]));
  const ids = [...new Set([...earlier.keys(), ...later.keys()])];
  const names = new Map([...inForce.data.items, ...draft.data.items].map(({ id, name }) => [id, name]));
  return ids.map((id) => {
    const [was, is] = [earlier.get(id), later.get(id)];
    const items = [...names.keys()].flatMap((item): ComparedItem[] => {
      const figures = [was, is].map((unit) => figuresOf(unit?.items.find((one) => one.item === item)));
      const [old = null, next = null] = figures;
      return old || next ? [{ item, name: names.get(item)!, before: old, after: next }] : [];
    });
    const { name, name_en } = (is ?? was)!;
    return { unit: id, name, name_en, before: totalOf(was), after: totalOf(is), items };
  });
}

function totalOf(unit: Scores['units'][number] | undefined): ComparedUnit['before'] {
  return unit ? { rank: unit.rank, total: unit.total_exact ?? null } : null;
}

function figuresOf(item: ItemScore | undefined): ComparedFigures | null {
  if (!item) return null;
  const { weight, points_exact = null, numerator, denominator, on_time, rank = null } = item;
  return { weight, points: points_exact, numerator, denominator, on_time, rank };
}
