import type { Warehouse } from '@hengjian/warehouse';
import type { Account } from './account.ts';

/** How an account stood from a moment on, and who made it so. */
export interface AccountChange extends Account {
  changed_at: string;
  /** Account, command line, first start, restore. */
  changed_by: string;
}

/** All that became of an account, the newest first (200 at most). */
export function accountHistory(warehouse: Pick<Warehouse, 'query'>, name: string): Promise<AccountChange[]> {
  return warehouse.query<AccountChange>(
    `SELECT name, roles, units, areas, disabled, toString(changed_at) AS changed_at, changed_by FROM account_changes
     WHERE name = {name:String} ORDER BY account_changes.changed_at DESC LIMIT 200`,
    { name },
  );
}
