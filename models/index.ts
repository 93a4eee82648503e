export type { Role, Scope } from '@hengjian/contract/scope.ts';
export { registerModelCommands } from './commands/register-model-commands.ts';

export type { Answer, Refusal } from './queries/answer.ts';
export { listQuarters, type QuarterEntry } from './queries/list-quarters.ts';
export { type Explanation, type LostPoint, readExplanation } from './queries/read-explanation.ts';
export { type ItemEntry, readItems } from './queries/read-items.ts';
export { readRefreshState } from './queries/read-refresh-state.ts';
export { type ItemScore, readScores, type Scores, seesUnit, type UnitScore } from './queries/read-scores.ts';
export { readUnitHistory, type UnitQuarter } from './queries/read-unit-history.ts';
export { ruleLimits } from './ruleset/rule-limits.ts';
export { loadProject, type Project } from './runner/project.ts';
export type { RefreshOptions, RefreshResult } from './runner/refresh.ts';
export { refreshModels as refresh } from './runner/refresh-models.ts';
export { startScheduler } from './scheduler/start-scheduler.ts';
export { type RankRange, rankRange } from './scoring/rank-range.ts';
export { scoreYear, type YearScores } from './scoring/score-year.ts';
