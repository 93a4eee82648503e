/** Keys in the warehouse: each change is a row, the newest row of a name is the key. */

import type { KeyProblem, ListedIngestKey, NewIngestKey } from '@hengjian/contract/ingest-keys.ts';
import { CommandError, type Warehouse } from '@hengjian/warehouse';
import { checkKey, keyProblemText } from './check-key.ts';
import { hashOfKey, type IngestKey, newKey } from './ingest-key.ts';

const COMMAND_LINE = 'command line';

export type NewKey = Pick<NewIngestKey, 'name'> & Partial<NewIngestKey>;

const NEWEST = `SELECT name, argMax(key_hash, changed_at) AS hash, argMax(sources, changed_at) AS only_sources,
  argMax(units, changed_at) AS only_units, argMax(may, changed_at) AS may_do, argMax(revoked, changed_at) AS is_revoked, argMax(changed_by, changed_at) AS who, max(changed_at) AS at
FROM ingest_key_changes GROUP BY name`;

/**
 * Makes a key.
 * @param by who has it made
 * @returns the key itself, which is not kept
 * @throws CommandError for a wrong or taken name, a wrong source, unit or grant
 */
export async function createKey(warehouse: Warehouse, asked: NewKey, by = COMMAND_LINE): Promise<string> {
  const made = await makeKey(warehouse, asked, by);
  if (!made.ok) throw new CommandError(keyProblemText(made.problem));
  return made.key;
}

/** The same, with a problem as a value. */
export async function makeKey(
  warehouse: Warehouse,
  { name, sources = [], units = [], may = [] }: NewKey,
  by: string,
): Promise<{ ok: true; key: string } | { ok: false; problem: KeyProblem }> {
  const asked = { name, sources, units, may };
  const problem = checkKey(asked);
  if (problem) return { ok: false, problem };
  if (await isInForce(warehouse, name))
    return { ok: false, problem: { field: 'name', reason: 'name_taken', value: name } };
  const key = newKey();
  await change(warehouse, { ...asked, key_hash: hashOfKey(key), revoked: false, by });
  return { ok: true, key };
}

/** @throws CommandError if there is no such key */
export async function revokeKey(warehouse: Warehouse, name: string, by = COMMAND_LINE): Promise<void> {
  if (!(await endKey(warehouse, name, by)))
    throw new CommandError(`There is no key named ${name}; "key list" names them.`);
}

/** @returns false where no key of this name is in force */
export async function endKey(warehouse: Warehouse, name: string, by: string): Promise<boolean> {
  if (!(await isInForce(warehouse, name))) return false;
  await change(warehouse, { name, key_hash: '', sources: [], units: [], may: [], revoked: true, by });
  return true;
}

const isInForce = async (warehouse: Warehouse, name: string) =>
  (await listKeys(warehouse)).some((key) => key.name === name && !key.revoked);

export function listKeys(warehouse: Warehouse): Promise<ListedIngestKey[]> {
  return warehouse.query(
    `SELECT name, only_sources AS sources, only_units AS units, may_do AS may, is_revoked AS revoked, toString(at) AS changed_at, who AS changed_by
     FROM (${NEWEST}) ORDER BY name`,
  );
}

/** The keys in force by the SHA-256 of the key. */
export async function keysInForce(warehouse: Warehouse): Promise<Map<string, IngestKey>> {
  const rows = await warehouse.query<IngestKey & { hash: string }>(
    `SELECT name, hash, only_sources AS sources, only_units AS units, may_do AS may FROM (${NEWEST}) WHERE NOT is_revoked`,
  );
  return new Map(rows.map(({ hash, ...key }) => [hash, key]));
}

export interface KeyChange extends IngestKey {
  revoked: boolean;
  /** In microseconds since 1970. */
  changedAt: number;
}

/** All that was ever changed, by name, oldest first. */
export async function keyChanges(warehouse: Warehouse): Promise<Map<string, KeyChange[]>> {
  const rows = await warehouse.query<KeyChange>(
    `SELECT name, sources, units, may, revoked, toUnixTimestamp64Micro(changed_at) AS changedAt
     FROM ingest_key_changes ORDER BY name, changed_at`,
  );
  return Map.groupBy(rows, ({ name }) => name);
}

/** The key of this name in force. */
export async function keyNamed(warehouse: Warehouse, name: string): Promise<IngestKey | undefined> {
  return [...(await keysInForce(warehouse)).values()].find((key) => key.name === name);
}

async function change(
  warehouse: Warehouse,
  row: NewIngestKey & { key_hash: string; revoked: boolean; by: string },
): Promise<void> {
  await warehouse.command(
    `INSERT INTO ingest_key_changes (name, key_hash, source, sources, units, may, revoked, changed_at, changed_by)
     SELECT {name:String}, {key_hash:String}, '', {sources:Array(String)}, {units:Array(String)}, {may:Array(String)}, {revoked:Bool},
       greatest(now64(6), (SELECT max(changed_at) FROM ingest_key_changes WHERE name = {name:String}) + toIntervalMicrosecond(1)), {by:String}`,
    { ...row },
  );
}
