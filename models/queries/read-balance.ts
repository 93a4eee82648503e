import type { Warehouse } from '@hengjian/warehouse';

/** Where the events of a quarter's days went: `events` = `counted` + Σ `not_counted`. */
export interface Balance {
  quarter: string;
  events: number;
  counted: number;
  not_counted: { why: string; type: string; events: number }[];
}

/** As of the last refresh under a rule set; by quarter. Counts of the whole warehouse: for whoever may see all of it. */
export async function readBalances(warehouse: Warehouse, ruleset: string): Promise<Balance[]> {
  const rows = await warehouse.query<{ quarter: string; why: string; type: string; events: number }>(
    `SELECT quarter, why, type, toFloat64(sum(b.events)) AS events FROM mart_event_balance AS b
     WHERE ruleset = {ruleset:String} GROUP BY quarter, why, type ORDER BY quarter, events DESC, why, type`,
    { ruleset },
  );
  return [...Map.groupBy(rows, ({ quarter }) => quarter)].map(([quarter, found]) => {
    const sum = (some: readonly { events: number }[]) => some.reduce((total, { events }) => total + events, 0);
    const rest = found.filter(({ why }) => why !== 'counted');
    return {
      quarter,
      events: sum(found),
      counted: sum(found) - sum(rest),
      not_counted: rest.map(({ why, type, events }) => ({ why, type, events })),
    };
  });
}
