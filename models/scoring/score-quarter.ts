/** The scores of a period as they are right now: refreshed first, or built aside for another rule set, another type of period or an earlier moment. */

import { EVERYTHING } from '@hengjian/contract/scope.ts';
import { CommandError, type Environment, type Warehouse } from '@hengjian/warehouse';
import { type Period, parsePeriod, quartersOf } from '../calendar/period.ts';
import { parseQuarter, type Quarter, quarterOf } from '../calendar/quarter.ts';
import type { Answer } from '../queries/answer.ts';
import { listPeriods } from '../queries/list-quarters.ts';
import { type Explanation, explainScore, type OpenExplanation, openExplanation } from '../queries/read-explanation.ts';
import { assembleScores, readScores, type Scores } from '../queries/read-scores.ts';
import { ruleSetOn } from '../ruleset/rule-set.ts';
import { localNow } from '../runner/local-now.ts';
import { keptRuleSets, loadProject, type Project } from '../runner/project.ts';
import { refresh } from '../runner/refresh.ts';
import { buildWhatIf } from '../runner/what-if.ts';
import { quarterlyItems } from './quarterly-items.ts';
import { wallTime } from './wall-time.ts';

export interface ScoreRequest {
  /** Id of a period. */
  quarter: string;
  /** Another rule set than the environment's. */
  ruleset?: string | undefined;
  /** Only events recorded up to this moment: RFC 3339, or a day (its end). */
  asOf?: string | undefined;
  now?: Date;
}

type Settings = Pick<Environment, 'dataDir' | 'ruleset'>;

/** @throws CommandError for a wrong quarter, time or one that cannot be scored; RuleSetError for an unknown rule set. */
export function scoreQuarter(warehouse: Warehouse, environment: Settings, request: ScoreRequest): Promise<Scores> {
  return withScores(warehouse, environment, request, async ({ scores }) => scores);
}

/** @throws CommandError naming the input that is wrong; RuleSetError for an unknown rule set. */
export function explainItem(
  warehouse: Warehouse,
  environment: Settings,
  request: ScoreRequest & { unit: string; item: string },
): Promise<Explanation> {
  return withScores(warehouse, environment, request, async ({ from, source, scores }) =>
    valueOrError(await explainScore(from, source, scores, request.unit, request.item)),
  );
}

/** As `explainItem`, for rows without number. @param use reads what it wants of it; then it is gone */
export function withExplanation<T>(
  warehouse: Warehouse,
  environment: Settings,
  request: ScoreRequest & { unit: string; item: string },
  use: (explanation: OpenExplanation) => Promise<T>,
): Promise<T> {
  return withScores(warehouse, environment, request, async ({ from, source, scores }) =>
    use(valueOrError(await openExplanation(from, source, scores, request.unit, request.item))),
  );
}

interface Found {
  /** Where the scores stand; gone when the answer is given. */
  from: Warehouse;
  source: 'shown' | 'mart';
  scores: Scores;
}

/**
 * What is shown, of a rule set that is kept up to date or under which the quarter is published; else built aside for the
 * question.
 */
async function withScores<T>(
  warehouse: Warehouse,
  environment: Settings,
  request: ScoreRequest,
  answer: (found: Found) => Promise<T>,
): Promise<T> {
  const quarter = periodOrError(request.quarter);
  const now = request.now ? { now: request.now } : {};
  const project = loadProject({ ...environment, asked: request.ruleset });
  const { ruleSet } = project;
  refuseUncountable(project, quarter);
  const state = await refresh(warehouse, project, { quarters: [quarter.id], ...now });
  if (request.asOf === undefined && (await isShown(warehouse, project, quarter.id))) {
    const problem = keptRuleSets(project).includes(ruleSet)
      ? state.problemsByRuleSet.get(ruleSet.id)?.get(quarter.id)
      : undefined;
    // An earlier draft may still be there.
    if (problem) throw new CommandError(`${quarter.id} cannot be scored: ${problem}`);
    const scores = valueOrError(await readScores(warehouse, EVERYTHING, ruleSet.id, quarter.id));
    return answer({ from: warehouse, source: 'shown', scores });
  }
  const asOf = request.asOf === undefined ? null : wallTime(request.asOf);
  const built = await buildWhatIf(warehouse, project, quarter, { asOf, ...now });
  const { id, version, hash } = ruleSetOn(ruleSet, quarter.end);
  try {
    const scores = await assembleScores(built.warehouse, 'mart', {
      quarter: quarter.id,
      status: 'draft',
      ruleset: { id, version, hash },
      cutoff: iso(built.cutoff),
      as_of: iso(asOf ?? state.asOf ?? localNow())!,
    });
    return await answer({ from: built.warehouse, source: 'mart', scores });
  } finally {
    await built.drop();
  }
}

async function isShown(warehouse: Warehouse, project: Project, quarter: string): Promise<boolean> {
  const { ruleSet } = project;
  const { type } = parsePeriod(quarter)!;
  if (keptRuleSets(project).includes(ruleSet)) return type === 'quarter' || ruleSet.periods.includes(type);
  const entries = await listPeriods(warehouse, EVERYTHING, ruleSet.id);
  return entries.some((entry) => entry.quarter === quarter && entry.status !== 'draft');
}

export function periodOrError(id: string): Period {
  const period = parsePeriod(id);
  if (!period)
    throw new CommandError(`"${id}" is not a quarter; write it like 2025Q2, a month like 2025-04, a year like 2025.`);
  return period;
}

/** @throws CommandError where the rule set cannot be counted in a period that is no quarter */
function refuseUncountable(project: Project, { id, type, start, year }: Period): void {
  const { ruleSet } = project;
  if (type === 'quarter') return;
  const items = quarterlyItems(project);
  const instead = type === 'month' ? quarterOf(start) : quartersOf(year).join(', ');
  if (items.length > 0)
    throw new CommandError(
      `${id} cannot be scored under ${ruleSet.id}: ${items.join(', ')} ${items.length > 1 ? 'are' : 'is'} counted by marks and lists of a quarter. Ask for ${instead}.`,
    );
  if (ruleSet.scored)
    throw new CommandError(
      `${id} cannot be scored under ${ruleSet.id}: its points are of a quarter. Ask for ${instead}.`,
    );
}

export function quarterOrError(id: string): Quarter {
  const quarter = parseQuarter(id);
  if (!quarter) throw new CommandError(`"${id}" is not a quarter; write it like 2025Q2.`);
  return quarter;
}

function valueOrError<T>(answer: Answer<T>): T {
  if (answer.ok) return answer.value;
  throw new CommandError(answer.detail);
}

function iso(wall: string | null): string | null {
  return wall && `${wall.replace(' ', 'T')}+08:00`;
}
