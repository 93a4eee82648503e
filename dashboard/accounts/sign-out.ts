import type { Warehouse } from '@hengjian/warehouse';
import { announceAccountChange } from './account-changes.ts';

/** When an account was last signed out everywhere; a scalar of SQL over the parameter `account`. */
export const LAST_SIGN_OUT = '(SELECT max(ended_at) FROM account_sign_outs WHERE account = {account:String})';

/** The moment of something that begins for the parameter `account`: after its last sign-out, also where the clock was set back. */
export const AFTER_SIGN_OUT = `greatest(now64(6), ${LAST_SIGN_OUT} + toIntervalMicrosecond(1))`;

/** Ends all sessions and unused sign-in links of an account. Those that begin afterwards count. */
export async function signOutEverywhere(warehouse: Warehouse, account: string): Promise<void> {
  await warehouse.command(`INSERT INTO account_sign_outs SELECT {account:String}, ${AFTER_SIGN_OUT}`, { account });
  announceAccountChange();
}
