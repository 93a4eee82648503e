import type { Warehouse } from '@hengjian/warehouse';
import type { Account } from './account.ts';
import { announceAccountChange } from './account-changes.ts';

const columns = 'name, roles, units, areas, disabled';

/** All accounts, by name. */
export function listAccounts(warehouse: Warehouse): Promise<Account[]> {
  return warehouse.query<Account>(
    `SELECT ${columns} FROM (SELECT * FROM account_changes ORDER BY changed_at DESC LIMIT 1 BY name) ORDER BY name`,
  );
}

export async function findAccount(warehouse: Warehouse, name: string): Promise<Account | undefined> {
  const [account] = await warehouse.query<Account>(
    `SELECT ${columns} FROM account_changes WHERE name = {name:String} ORDER BY changed_at DESC LIMIT 1`,
    { name },
  );
  return account;
}

/** Appends a change; the newest row of a name is the account. */
export async function saveAccount(warehouse: Warehouse, account: Account, changedBy: string): Promise<void> {
  await warehouse.command(
    `INSERT INTO account_changes
     SELECT {name:String}, {roles:Array(String)}, {units:Array(String)}, {areas:Array(String)}, {disabled:Bool}, now64(6), {changedBy:String}`,
    { ...account, changedBy },
  );
  announceAccountChange();
}
