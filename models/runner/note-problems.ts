import type { Warehouse } from '@hengjian/warehouse';
import { localNow } from './local-now.ts';

/**
 * Keeps `quarter_problems` current: what cannot be scored, with the reason, and that it can be again.
 * @param problems reason by quarter
 */
export async function noteProblems(
  warehouse: Warehouse,
  ruleset: string,
  problems: ReadonlyMap<string, string>,
  built: ReadonlySet<string>,
): Promise<void> {
  const noted = await warehouse.query<{ quarter: string; reason: string }>(
    'SELECT quarter, reason FROM quarter_problems FINAL WHERE ruleset = {ruleset:String}',
    { ruleset },
  );
  const before = new Map(noted.map(({ quarter, reason }) => [quarter, reason]));
  const rows = [
    ...[...problems]
      .filter(([quarter, reason]) => before.get(quarter) !== reason)
      .map(([quarter, reason]) => ({ quarter, reason })),
    ...[...built].filter((quarter) => before.get(quarter)).map((quarter) => ({ quarter, reason: '' })),
  ];
  if (rows.length > 0)
    await warehouse.insert(
      'quarter_problems',
      rows.map((row) => ({ ruleset, ...row, noted_at: localNow() })),
    );
}
