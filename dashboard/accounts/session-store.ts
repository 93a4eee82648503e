import type { Warehouse } from '@hengjian/warehouse';
import type { Account } from './account.ts';
import { announceAccountChange } from './account-changes.ts';
import { AFTER_SIGN_OUT } from './sign-out.ts';
import { createToken, hashToken, looksLikeToken } from './token.ts';

/** Days until a signed-in browser must use a new link. */
export const sessionDays = 30;

/** Where a session begins, for whoever looks at their sessions. */
export interface SessionOrigin {
  address: string;
  /** The browser, as it calls itself. */
  agent: string;
}

export async function startSession(warehouse: Warehouse, account: string, origin?: SessionOrigin): Promise<string> {
  const token = createToken();
  const hash = hashToken(token);
  await warehouse.command(
    `INSERT INTO sessions SELECT {hash:String}, {account:String}, ${AFTER_SIGN_OUT}, now64(6) + toIntervalDay({days:UInt32})`,
    { hash, account, days: sessionDays },
  );
  if (origin)
    await warehouse.command('INSERT INTO session_origins SELECT {hash:String}, {address:String}, {agent:String}', {
      hash,
      address: origin.address.slice(0, 100),
      agent: origin.agent.slice(0, 300),
    });
  return token;
}

/** The account of a running session; nothing when it is unknown, ended or expired, or the account was disabled or signed out everywhere since. */
export async function findSession(warehouse: Warehouse, token: string): Promise<Account | undefined> {
  if (!looksLikeToken(token)) return undefined;
  const [account] = await warehouse.query<Account>(
    `SELECT name, roles, units, areas, disabled FROM account_changes
     WHERE name = (SELECT any(account) FROM sessions
                   WHERE token_hash = {hash:String} AND expires_at > now64(6)
                     AND created_at > (SELECT max(ended_at) FROM account_sign_outs
                                       WHERE account = (SELECT any(account) FROM sessions WHERE token_hash = {hash:String}))
                     AND token_hash NOT IN (SELECT token_hash FROM session_ends WHERE token_hash = {hash:String}))
     ORDER BY changed_at DESC LIMIT 1`,
    { hash: hashToken(token) },
  );
  return account && !account.disabled ? account : undefined;
}

export async function endSession(warehouse: Warehouse, token: string): Promise<void> {
  await warehouse.command(`INSERT INTO session_ends SELECT {hash:String}, now64(6)`, { hash: hashToken(token) });
  announceAccountChange();
}
