import type { Warehouse } from '@hengjian/warehouse';
import type { Account } from './account.ts';
import { announceAccountChange } from './account-changes.ts';
import {
  type AccountDraft,
  type AccountProblem,
  accountOf,
  checkNewAccount,
  type KnownScope,
} from './check-account.ts';
import { hashOfReadKey, newReadKey, readKeyAccount, readKeyRoles } from './read-key.ts';
import { hashToken, looksLikeToken } from './token.ts';

export interface ListedReadKey extends Omit<Account, 'disabled'> {
  revoked: boolean;
  expired: boolean;
  expires_at: string;
  changed_at: string;
  changed_by: string;
}

const NEWEST = '(SELECT * FROM read_key_changes ORDER BY changed_at DESC LIMIT 1 BY name)';

/** All read keys, by name, also those that count no more. */
export function listReadKeys(warehouse: Pick<Warehouse, 'query'>): Promise<ListedReadKey[]> {
  return warehouse.query<ListedReadKey>(
    `SELECT name, roles, units, areas, revoked, keys.expires_at <= now64(6) AS expired, toString(keys.expires_at) AS expires_at,
       toString(keys.changed_at) AS changed_at, changed_by FROM ${NEWEST} AS keys ORDER BY name`,
  );
}

/**
 * Makes a read key.
 * @param days how long it counts
 * @param by who has it made
 * @returns the key itself, which is not kept; or what is wrong
 */
export async function addReadKey(
  warehouse: Warehouse,
  draft: AccountDraft,
  known: KnownScope,
  days: number,
  by: string,
): Promise<{ ok: true; key: string } | { ok: false; problems: AccountProblem[] }> {
  const inForce = (await listReadKeys(warehouse)).filter(({ revoked, expired }) => !revoked && !expired);
  const problems = checkNewAccount(draft, known, inForce, readKeyRoles);
  if (problems.length > 0) return { ok: false, problems };
  const key = newReadKey();
  await change(warehouse, { ...accountOf(draft), hash: hashOfReadKey(key), days, revoked: false, by });
  return { ok: true, key };
}

/** @returns false where no key of this name is in force */
export async function endReadKey(warehouse: Warehouse, name: string, by: string): Promise<boolean> {
  const known = (await listReadKeys(warehouse)).find((key) => key.name === name && !key.revoked);
  if (!known) return false;
  await change(warehouse, { ...known, hash: '', days: 0, revoked: true, by });
  return true;
}

/** Whom a key reads for. @param token its random part */
export async function findReadKey(warehouse: Warehouse, token: string): Promise<Account | undefined> {
  if (!looksLikeToken(token)) return undefined;
  const [key] = await warehouse.query<Omit<Account, 'disabled'>>(
    `SELECT name, roles, units, areas FROM ${NEWEST} WHERE key_hash = {hash:String} AND NOT revoked AND expires_at > now64(6)`,
    { hash: hashToken(token) },
  );
  return key && readKeyAccount(key);
}

async function change(
  warehouse: Warehouse,
  row: Omit<Account, 'disabled'> & { hash: string; days: number; revoked: boolean; by: string },
): Promise<void> {
  await warehouse.command(
    `INSERT INTO read_key_changes
     SELECT {name:String}, {hash:String}, {roles:Array(String)}, {units:Array(String)}, {areas:Array(String)},
       now64(6) + toIntervalDay({days:UInt32}), {revoked:Bool},
       greatest(now64(6), (SELECT max(changed_at) FROM read_key_changes WHERE name = {name:String}) + toIntervalMicrosecond(1)), {by:String}`,
    {
      name: row.name,
      hash: row.hash,
      roles: row.roles,
      units: row.units,
      areas: row.areas,
      days: row.days,
      revoked: row.revoked,
      by: row.by,
    },
  );
  announceAccountChange();
}
