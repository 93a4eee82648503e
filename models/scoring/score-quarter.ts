/** The scores of a quarter as they are right now: refreshed first, or built aside for another rule set or an earlier moment. */

import { EVERYTHING } from '@hengjian/contract/scope.ts';
import { CommandError, type Environment, type Warehouse } from '@hengjian/warehouse';
import { parseQuarter, type Quarter } from '../calendar/quarter.ts';
import type { Answer } from '../queries/answer.ts';
import { type Explanation, readExplanation } from '../queries/read-explanation.ts';
import { assembleScores, readScores, type Scores } from '../queries/read-scores.ts';
import { loadProject } from '../runner/project.ts';
import { type RefreshResult, refresh } from '../runner/refresh.ts';
import { buildWhatIf } from '../runner/what-if.ts';

export interface ScoreRequest {
  quarter: string;
  /** Another rule set than the environment's. */
  ruleset?: string | undefined;
  /** Only events recorded up to this moment: RFC 3339, or a day (its end). */
  asOf?: string | undefined;
  now?: Date;
}

/** @throws CommandError for a wrong quarter, time or one that cannot be scored; RuleSetError for an unknown rule set. */
export async function scoreQuarter(
  warehouse: Warehouse,
  environment: Pick<Environment, 'dataDir' | 'ruleset'>,
  request: ScoreRequest,
): Promise<Scores> {
  const quarter = quarterOrError(request.quarter);
  const other = request.ruleset !== undefined && request.ruleset !== environment.ruleset;
  if (!other && request.asOf === undefined) {
    await current(warehouse, environment, quarter, request.now);
    return valueOrError(await readScores(warehouse, EVERYTHING, quarter.id));
  }
  const asOf = request.asOf === undefined ? null : wallTime(request.asOf);
  const base = loadProject(environment);
  const state = await refresh(warehouse, base, request.now ? { now: request.now } : {});
  const project = other ? loadProject({ dataDir: environment.dataDir, ruleset: request.ruleset! }) : base;
  const built = await buildWhatIf(warehouse, project, quarter, { asOf, ...(request.now ? { now: request.now } : {}) });
  try {
    return await assembleScores(built.warehouse, 'mart', {
      quarter: quarter.id,
      status: 'draft',
      ruleset: { id: project.ruleSet.id, version: project.ruleSet.version },
      cutoff: iso(built.cutoff),
      as_of: iso(asOf ?? state.asOf) ?? new Date().toISOString(),
    });
  } finally {
    await built.drop();
  }
}

/** @throws CommandError naming the input that is wrong. */
export async function explainItem(
  warehouse: Warehouse,
  environment: Pick<Environment, 'dataDir' | 'ruleset'>,
  request: { quarter: string; unit: string; item: string },
): Promise<Explanation> {
  const quarter = quarterOrError(request.quarter);
  await current(warehouse, environment, quarter);
  return valueOrError(await readExplanation(warehouse, EVERYTHING, quarter.id, request.unit, request.item));
}

async function current(
  warehouse: Warehouse,
  environment: Pick<Environment, 'dataDir' | 'ruleset'>,
  quarter: Quarter,
  now?: Date,
): Promise<RefreshResult> {
  const result = await refresh(warehouse, loadProject(environment), {
    quarters: [quarter.id],
    ...(now ? { now } : {}),
  });
  const problem = result.problems.get(quarter.id);
  if (problem) throw new CommandError(`${quarter.id} cannot be scored: ${problem}`);
  return result;
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

/** RFC 3339 or a day → local wall time with microseconds. @throws CommandError */
export function wallTime(text: string): string {
  if (/^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text))) return `${text} 23:59:59.999999`;
  const match = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.(\d+))?)?(Z|[+-]\d{2}:\d{2})$/i.exec(text);
  const ms = match ? Date.parse(text.replace(' ', 'T').replace(/\.\d+/, '')) : Number.NaN;
  if (Number.isNaN(ms))
    throw new CommandError(
      `"${text}" is not a time; write it like 2025-07-09T18:00:00+08:00, or a day like 2025-07-09.`,
    );
  const local = new Date(ms + 8 * 3_600_000).toISOString().replace('T', ' ').slice(0, 19);
  return `${local}.${(match![3] ?? '').slice(0, 6).padEnd(6, '0')}`;
}

function iso(wall: string | null): string | null {
  return wall && `${wall.replace(' ', 'T')}+08:00`;
}
