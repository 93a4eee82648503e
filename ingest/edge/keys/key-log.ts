/** Keys in the warehouse: each change is a row, the newest row of a name is the key. */

import { isUnitId } from '@hengjian/contract/schema/formats.ts';
import { CommandError, type Warehouse } from '@hengjian/warehouse';
import { isSourceUri } from '../../check/source-uri.ts';
import { hashOfKey, type IngestKey, newKey } from './ingest-key.ts';

export interface NewKey {
  name: string;
  source?: string | undefined;
  units?: readonly string[] | undefined;
}

export interface ListedKey {
  name: string;
  source: string;
  units: string[];
  revoked: boolean;
  changed_at: string;
}

const NEWEST = `SELECT name, argMax(key_hash, changed_at) AS hash, argMax(source, changed_at) AS only_source,
  argMax(units, changed_at) AS only_units, argMax(revoked, changed_at) AS is_revoked, max(changed_at) AS at
FROM ingest_key_changes GROUP BY name`;

/**
 * Makes a key.
 * @returns the key itself, which is not kept
 * @throws CommandError for a wrong or taken name, a wrong source or unit
 */
export async function createKey(warehouse: Warehouse, { name, source = '', units = [] }: NewKey): Promise<string> {
  if (!/^[\p{L}\p{N}][\p{L}\p{N}._ -]{0,63}$/u.test(name))
    throw new CommandError(
      `A key's name has 1–64 letters, digits, spaces and . _ -; ${JSON.stringify(name)} does not fit.`,
    );
  if (source !== '' && !isSourceUri(source))
    throw new CommandError(`${JSON.stringify(source)} is not a URI reference, so no event can have it as its source.`);
  const wrong = units.find((unit) => !isUnitId(unit));
  if (wrong !== undefined) throw new CommandError(`${JSON.stringify(wrong)} is not a unit id.`);
  if ((await listKeys(warehouse)).some((key) => key.name === name && !key.revoked))
    throw new CommandError(
      `There is a key named ${name} already. Revoke it first (key revoke ${name}) or choose another name.`,
    );
  const key = newKey();
  await change(warehouse, { name, key_hash: hashOfKey(key), source, units, revoked: false });
  return key;
}

/** @throws CommandError if there is no such key */
export async function revokeKey(warehouse: Warehouse, name: string): Promise<void> {
  if (!(await listKeys(warehouse)).some((key) => key.name === name && !key.revoked))
    throw new CommandError(`There is no key named ${name}; "key list" names them.`);
  await change(warehouse, { name, key_hash: '', source: '', units: [], revoked: true });
}

export function listKeys(warehouse: Warehouse): Promise<ListedKey[]> {
  return warehouse.query(
    `SELECT name, only_source AS source, only_units AS units, is_revoked AS revoked, toString(at) AS changed_at FROM (${NEWEST}) ORDER BY name`,
  );
}

/** The keys in force by the SHA-256 of the key. */
export async function keysInForce(warehouse: Warehouse): Promise<Map<string, IngestKey>> {
  const rows = await warehouse.query<{ name: string; hash: string; only_source: string; only_units: string[] }>(
    `SELECT name, hash, only_source, only_units FROM (${NEWEST}) WHERE NOT is_revoked`,
  );
  return new Map(
    rows.map(({ name, hash, only_source, only_units }) => [
      hash,
      { name, source: only_source === '' ? undefined : only_source, units: only_units },
    ]),
  );
}

async function change(
  warehouse: Warehouse,
  row: { name: string; key_hash: string; source: string; units: readonly string[]; revoked: boolean },
): Promise<void> {
  await warehouse.command(
    `INSERT INTO ingest_key_changes SELECT {name:String}, {key_hash:String}, {source:String}, {units:Array(String)}, {revoked:Bool}, now64(6)`,
    row,
  );
}
