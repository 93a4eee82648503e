/** `refresh` for callers who have an environment and no project yet. */
import type { Environment, Warehouse } from '@hengjian/warehouse';
import { loadProject } from './project.ts';
import { type RefreshOptions, type RefreshResult, refresh } from './refresh.ts';

/** @throws ModelError, RuleSetError, CalendarError, BuildError: each names what is wrong; what was live stays live. */
export function refreshModels(
  options: { warehouse: Warehouse; environment: Pick<Environment, 'dataDir' | 'ruleset'> } & RefreshOptions,
): Promise<RefreshResult> {
  const { warehouse, environment, ...rest } = options;
  return refresh(warehouse, loadProject(environment), rest);
}
