import type { Warehouse } from '@hengjian/warehouse';
import { announceAccountChange } from './account-changes.ts';
import { SESSION_ID_LENGTH, sessionId } from './list-sessions.ts';

const END = 'INSERT INTO session_ends SELECT token_hash, now64(6) FROM sessions WHERE account = {account:String}';
const ID = `substring(token_hash, 1, ${SESSION_ID_LENGTH})`;

/** Ends one session of an account; that of another account, or none, is nothing to it. @param id of OpenSession */
export async function endSessionOf(warehouse: Warehouse, account: string, id: string): Promise<void> {
  await warehouse.command(`${END} AND ${ID} = {id:String}`, { account, id });
  announceAccountChange();
}

/** Ends all sessions of an account but the one with this token. */
export async function endOtherSessions(warehouse: Warehouse, account: string, token: string): Promise<void> {
  await warehouse.command(
    `${END} AND ${ID} != {own:String} AND expires_at > now64(6) AND token_hash NOT IN (SELECT token_hash FROM session_ends)`,
    { account, own: sessionId(token) },
  );
  announceAccountChange();
}
