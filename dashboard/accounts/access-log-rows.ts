import type { Warehouse } from '@hengjian/warehouse';

/** How a request ended: answered (below 400), refused (400–499), or a fault of the product. `stranger`: nobody was signed in. */
export const accessOutcomes = ['answered', 'refused', 'failed', 'stranger'] as const;
export type AccessOutcome = (typeof accessOutcomes)[number];

export interface AccessLogFilter {
  /** Exact name; a read key goes by `key:NAME`. */
  account?: string;
  route?: string;
  /** Only these; unset: all. */
  routes?: readonly string[];
  /** YYYY-MM-DD by the legal clock. */
  day?: string;
  outcome?: AccessOutcome;
  /** Only what lies before this row (`cursor` of the last one seen). */
  before?: string;
}

export interface AccessLogRow {
  /** By the legal clock, to the millisecond. */
  at: string;
  request_id: string;
  account: string;
  address: string;
  method: string;
  route: string;
  path: string;
  status: number;
  duration_ms: number;
  /** Where the next page begins. */
  cursor: string;
}

/** Of a row: milliseconds since 1970 and its request id, which no two share. */
export const CURSOR = /^\d{1,15}-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * Rows of the access log, the newest first. Read page by page from where the last one ended, so that neither the warehouse nor
 * the caller holds more than a page, however long the log is.
 */
export function accessLogRows(
  warehouse: Pick<Warehouse, 'query'>,
  filter: AccessLogFilter,
  limit: number,
): Promise<AccessLogRow[]> {
  const { from, params } = filtered(filter);
  return warehouse.query<AccessLogRow>(
    `SELECT toString(access_log.at) AS at, toString(access_log.request_id) AS request_id, account, address, method, route, path, status,
       duration_ms, concat(toString(toUnixTimestamp64Milli(access_log.at)), '-', toString(access_log.request_id)) AS cursor
     ${from} ORDER BY access_log.at DESC, toString(access_log.request_id) DESC LIMIT {limit:UInt32}`,
    { ...params, limit },
  );
}

/** All of them in the order of the table, for programs that analyse: nothing is held while they are read. */
export function accessLogStatement(filter: AccessLogFilter): { sql: string; params: Record<string, unknown> } {
  const { from, params } = filtered(filter);
  return {
    sql: `SELECT access_log.at AS at, account, method, path, route, status, duration_ms, address, toString(access_log.request_id) AS request_id ${from}`,
    params,
  };
}

function filtered(filter: AccessLogFilter): { from: string; params: Record<string, unknown> } {
  const { account = '', route = '', routes, day = '', outcome = '', before = '' } = filter;
  const conditions = [
    account !== '' && 'account = {account:String}',
    route !== '' && 'route = {route:String}',
    routes && 'route IN {routes:Array(String)}',
    day !== '' &&
      "access_log.at >= toDateTime64({day:String}, 3, 'Asia/Shanghai') AND access_log.at < toDateTime64({day:String}, 3, 'Asia/Shanghai') + toIntervalDay(1)",
    outcome === 'answered' && 'status < 400',
    outcome === 'refused' && 'status BETWEEN 400 AND 499',
    outcome === 'failed' && 'status >= 500',
    outcome === 'stranger' && "account = ''",
    before !== '' &&
      'access_log.at <= fromUnixTimestamp64Milli({ms:Int64}) AND (toUnixTimestamp64Milli(access_log.at), toString(access_log.request_id)) < ({ms:Int64}, {id:String})',
  ].filter((condition) => condition !== false && condition !== undefined);
  const [ms, ...id] = before.split('-');
  return {
    from: `FROM access_log ${conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : ''}`,
    params: { account, route, routes: [...(routes ?? [])], day, ms: Number(ms), id: id.join('-') },
  };
}
