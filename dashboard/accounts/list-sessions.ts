import type { Warehouse } from '@hengjian/warehouse';
import { hashToken } from './token.ts';

/** A session that is open. */
export interface OpenSession {
  /** Names it without giving it away: the beginning of the hash of its token. */
  id: string;
  account: string;
  created_at: string;
  expires_at: string;
  /** When it was last used, to five minutes (session-sightings.ts). */
  seen_at: string;
  /** From where it began; '': not kept then. */
  address: string;
  /** The browser, as it calls itself. */
  agent: string;
}

/** Characters of the hash that name a session: 64 bits, of which an account never has two alike. */
export const SESSION_ID_LENGTH = 16;
export const sessionId = (token: string): string => hashToken(token).slice(0, SESSION_ID_LENGTH);

const OPEN = `SELECT substring(token_hash, 1, ${SESSION_ID_LENGTH}) AS id, account, token_hash,
    sessions.created_at AS created, toString(sessions.created_at) AS created_at, toString(sessions.expires_at) AS expires_at
  FROM sessions LEFT JOIN (SELECT account, max(ended_at) AS ended_at FROM account_sign_outs GROUP BY account) AS outs USING (account)
  WHERE sessions.expires_at > now64(6) AND sessions.created_at > outs.ended_at
    AND token_hash NOT IN (SELECT token_hash FROM session_ends)`;

/** Open sessions, the newest first. */
export function listSessions(warehouse: Pick<Warehouse, 'query'>, account: string): Promise<OpenSession[]> {
  return warehouse.query<OpenSession>(
    `SELECT id, account, created_at, expires_at, toString(greatest(created, seen)) AS seen_at, address, agent
     FROM (${OPEN}) AS opened LEFT ANY JOIN session_origins USING (token_hash)
       LEFT JOIN (SELECT token_hash, max(session_sightings.seen_at) AS seen FROM session_sightings GROUP BY token_hash) AS sightings
         USING (token_hash)
     WHERE account = {account:String}
     ORDER BY created_at DESC LIMIT 200`,
    { account },
  );
}

/** How many sessions each account has open. */
export async function countSessions(warehouse: Pick<Warehouse, 'query'>): Promise<Map<string, number>> {
  const rows = await warehouse.query<{ account: string; open: number }>(
    `SELECT account, count() AS open FROM (${OPEN}) GROUP BY account`,
  );
  return new Map(rows.map(({ account, open }) => [account, open]));
}

/** When each account last signed in, by the legal clock. */
export async function lastSignIns(warehouse: Pick<Warehouse, 'query'>): Promise<Map<string, string>> {
  const rows = await warehouse.query<{ account: string; at: string }>(
    'SELECT account, toString(max(created_at)) AS at FROM sessions GROUP BY account',
  );
  return new Map(rows.map(({ account, at }) => [account, at]));
}
