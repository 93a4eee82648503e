import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { type AccessLogFilter, accessLogRows, CURSOR } from './access-log-rows.ts';

/** What the warehouse would be asked. */
function asked(filter: AccessLogFilter) {
  const queries: { sql: string; params: Record<string, unknown> }[] = [];
  const query = async (sql: string, params: Record<string, unknown> = {}) => {
    queries.push({ sql, params });
    return [];
  };
  void accessLogRows({ query: query as never }, filter, 51);
  return queries[0]!;
}

test('a page is bounded whatever is asked for, and what is asked for is a parameter, never SQL', () => {
  expect(asked({}).sql).toMatch(/FROM access_log +ORDER BY .* LIMIT \{limit:UInt32\}$/s);
  const id = randomUUID();
  const cursor = `1764000000000-${id}`;
  expect(cursor).toMatch(CURSOR);
  const account = "x' OR 1=1 --";
  const { sql, params } = asked({
    account,
    route: '/r',
    routes: ['/e'],
    day: '2025-04-01',
    outcome: 'refused',
    before: cursor,
  });
  expect(sql).not.toContain(account);
  expect(params).toEqual({
    account,
    route: '/r',
    routes: ['/e'],
    day: '2025-04-01',
    ms: 1764000000000,
    id,
    limit: 51,
  });
  for (const name of ['account:String', 'route:String', 'routes:Array(String)', 'day:String', 'ms:Int64', 'id:String'])
    expect(sql).toContain(`{${name}}`);
  expect(sql).toContain('status BETWEEN 400 AND 499');
});
