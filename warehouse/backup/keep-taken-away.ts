import type { Warehouse } from '../warehouse.ts';
import { quoted } from './backup-target.ts';

/** What the backup would have given back. */
export interface TakenAway {
  /** Names of keys, those that send and those that read, that were revoked since the backup was made, or made anew. */
  keys: string[];
  /** Names of accounts that were disabled since. */
  accounts: string[];
  /** Names of accounts that were given other roles or another scope since. */
  changedAccounts: string[];
}

/**
 * What was taken away since the backup was made stays taken away: revoked keys, disabled accounts, roles and scopes
 * that were narrowed, sessions that were ended. Whatever else is wanted back is given again by name.
 * @param present the database that the restored one takes the place of
 */
export async function keepTakenAway(restored: Warehouse, present: string): Promise<TakenAway> {
  const from = (table: string) => `${quoted(present)}.${quoted(table)}`;
  const newest = (table: string, columns: string) =>
    `(SELECT ${columns} FROM ${table} ORDER BY changed_at DESC LIMIT 1 BY name)`;
  const namesOf = async (rows: string) =>
    (await restored.query<{ name: string }>(`SELECT name FROM (${rows}) ORDER BY name`)).map(({ name }) => name);
  // Later than what the backup has, also where the clock was set back.
  const later = (table: string) =>
    `greatest(now64(6), (SELECT max(changed_at) FROM ${table}) + toIntervalMicrosecond(1))`;
  // One that was made anew under the same name stays the new one: the old one was revoked.
  const keys = `SELECT * FROM ${newest(from('ingest_key_changes'), '*')}
    WHERE (name, key_hash) NOT IN (SELECT name, key_hash FROM ${newest('ingest_key_changes', 'name, key_hash')})
      AND name IN (SELECT name FROM ${newest('ingest_key_changes', 'name, revoked')} WHERE NOT revoked)`;
  // Narrower or wider is not told apart: an account may have lost one thing and got another, so it stays as it was decided last.
  const may = '(name, arraySort(roles), arraySort(units), arraySort(areas), disabled)';
  const accounts = `SELECT * FROM ${newest(from('account_changes'), '*')}
    WHERE ${may} NOT IN (SELECT ${may} FROM ${newest('account_changes', '*')})
      AND name IN (SELECT name FROM ${newest('account_changes', 'name, disabled')} WHERE NOT disabled)`;
  const readKeys = `SELECT * FROM ${newest(from('read_key_changes'), '*')}
    WHERE (name, key_hash) NOT IN (SELECT name, key_hash FROM ${newest('read_key_changes', 'name, key_hash')})
      AND name IN (SELECT name FROM ${newest('read_key_changes', 'name, revoked')} WHERE NOT revoked)`;
  const kept = {
    keys: [...(await namesOf(keys)), ...(await namesOf(readKeys))],
    accounts: await namesOf(`SELECT name FROM (${accounts}) WHERE disabled`),
    changedAccounts: await namesOf(`SELECT name FROM (${accounts}) WHERE NOT disabled`),
  };
  await restored.command(
    `INSERT INTO ingest_key_changes (name, key_hash, source, units, revoked, changed_at, sources, may, changed_by)
     SELECT name, key_hash, '', units, revoked, ${later('ingest_key_changes')}, sources, may, 'restore' FROM (${keys})`,
  );
  await restored.command(
    `INSERT INTO read_key_changes
     SELECT name, key_hash, roles, units, areas, expires_at, revoked, ${later('read_key_changes')}, 'restore' FROM (${readKeys})`,
  );
  await restored.command(
    `INSERT INTO account_changes
     SELECT name, roles, units, areas, disabled, ${later('account_changes')}, 'restore' FROM (${accounts})`,
  );
  await restored.command(`INSERT INTO account_sign_outs SELECT * FROM ${from('account_sign_outs')}`);
  await restored.command(`INSERT INTO session_ends SELECT * FROM ${from('session_ends')}`);
  await restored.command(`INSERT INTO sign_in_claims SELECT * FROM ${from('sign_in_claims')}`);
  return kept;
}
