import type { Warehouse } from '@hengjian/warehouse';

export interface LiveBuild {
  build: number;
  indicators: string;
  version: string;
  as_of_day: string;
}

/** The build of a month that is seen now; undefined where the month was never built. */
export async function liveBuild(warehouse: Warehouse, month: string): Promise<LiveBuild | undefined> {
  const [row] = await warehouse.query<LiveBuild>(
    `SELECT build, indicators, version, toString(as_of_day) AS as_of_day FROM risk_builds
     WHERE month = {month:String} ORDER BY build DESC LIMIT 1`,
    { month },
  );
  return row;
}
