import type { Warehouse } from '@hengjian/warehouse';

/** Differs whenever an account or a session has changed, whoever changed it: rows are only ever added. */
export async function readAccountState(warehouse: Pick<Warehouse, 'query'>): Promise<string> {
  // The sums of rows are in the parts' metadata, so nothing is read.
  const [row] = await warehouse.query<{ state: string }>(
    `SELECT concat(toString((SELECT count() FROM account_changes)), ' ', toString((SELECT count() FROM account_sign_outs)), ' ',
       toString((SELECT count() FROM session_ends)), ' ', toString((SELECT count() FROM read_key_changes))) AS state`,
  );
  return row!.state;
}
