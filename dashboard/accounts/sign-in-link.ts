import { randomUUID } from 'node:crypto';
import type { Warehouse } from '@hengjian/warehouse';
import { AFTER_SIGN_OUT } from './sign-out.ts';
import { createToken, hashToken, looksLikeToken } from './token.ts';

/** Hours a one-time link stays valid: long enough to be handed over within a working day and the next morning. */
export const linkHours = 24;

/** A new one-time token for an account; only its hash is stored. */
export async function createSignInToken(warehouse: Warehouse, account: string): Promise<string> {
  const token = createToken();
  await warehouse.command(
    `INSERT INTO sign_in_links SELECT {hash:String}, {account:String}, ${AFTER_SIGN_OUT}, now64(6) + toIntervalHour({hours:UInt32})`,
    { hash: hashToken(token), account, hours: linkHours },
  );
  return token;
}

/**
 * The address that a person opens.
 * @param base origin and path of the dashboard
 */
export function signInAddress(base: string, token: string): string {
  return `${base.replace(/\/$/, '')}/sign-in/${token}`;
}

/** Seconds within which the same press of the button, sent again, still counts as the one that used the link up. */
const samePressSeconds = 120;

export type LinkState =
  | { state: 'open'; account: string }
  | { state: 'used'; account: string }
  | { state: 'unknown' | 'expired' };

/** Looks at a link without using it up. */
export async function inspectSignInLink(warehouse: Warehouse, token: string): Promise<LinkState> {
  if (!looksLikeToken(token)) return { state: 'unknown' };
  const [row] = await warehouse.query<{ account: string; expired: boolean; used: boolean }>(
    `SELECT account,
       expires_at <= now64(6) OR created_at <= (SELECT max(ended_at) FROM account_sign_outs
         WHERE account = (SELECT any(account) FROM sign_in_links WHERE token_hash = {hash:String})) AS expired,
       {hash:String} IN (SELECT token_hash FROM sign_in_claims WHERE token_hash = {hash:String}) AS used
     FROM sign_in_links WHERE token_hash = {hash:String} LIMIT 1`,
    { hash: hashToken(token) },
  );
  if (!row) return { state: 'unknown' };
  if (row.used) return { state: 'used', account: row.account };
  if (row.expired) return { state: 'expired' };
  return { state: 'open', account: row.account };
}

/**
 * Uses a link up. The warehouse has no unique keys, so each attempt commits a claim and the first committed one wins:
 * of two attempts at the same moment, on whatever machines, exactly one gets `open`.
 * @param attempt which attempt it is, a UUID: a double click is one attempt sent twice, and both get `open`
 */
export async function claimSignInLink(
  warehouse: Warehouse,
  token: string,
  attempt: string = randomUUID(),
): Promise<LinkState> {
  const link = await inspectSignInLink(warehouse, token);
  if (link.state !== 'open' && link.state !== 'used') return link;
  const hash = hashToken(token);
  if (link.state === 'open')
    await warehouse.command(`INSERT INTO sign_in_claims SELECT {hash:String}, {attempt:UUID}, now64(6)`, {
      hash,
      attempt,
    });
  const [first] = await warehouse.query<{ claim: string; recent: boolean }>(
    `SELECT claim, claimed_at > now64(6) - toIntervalSecond({seconds:UInt32}) AS recent FROM sign_in_claims
     WHERE token_hash = {hash:String} ORDER BY _block_number LIMIT 1`,
    { hash, seconds: samePressSeconds },
  );
  const { account } = link;
  return first?.claim === attempt && first.recent ? { state: 'open', account } : { state: 'used', account };
}
