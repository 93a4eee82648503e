import { EVERYTHING } from '@hengjian/contract/scope.ts';
import { listQuarters, readScores, refresh } from '@hengjian/models';
import type { Warehouse } from '@hengjian/warehouse';

/** Scores of every quarter, brought up to date; without `as_of`, which tells when the events came. */
export async function allScores(warehouse: Warehouse, dataDir: string, ruleset = 'nantong-etdz') {
  const { problems } = await refresh({ warehouse, environment: { dataDir, ruleset } });
  const quarters = [];
  for (const { quarter } of await listQuarters(warehouse, EVERYTHING, ruleset)) {
    const answer = await readScores(warehouse, EVERYTHING, ruleset, quarter);
    if (!answer.ok) throw new Error(answer.detail);
    const { as_of: _, ...scores } = answer.value;
    quarters.push(scores);
  }
  return { quarters: quarters.sort((a, b) => (a.quarter < b.quarter ? -1 : 1)), problems: [...problems] };
}
