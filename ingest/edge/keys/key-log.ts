/** Keys in the warehouse: each change is a row, the newest row of a name is the key. */

import { isUnitId } from '@hengjian/contract/schema/formats.ts';
import { CommandError, type Warehouse } from '@hengjian/warehouse';
import { isSourceUri } from '../../check/source-uri.ts';
import { hashOfKey, type IngestKey, newKey } from './ingest-key.ts';

export interface NewKey {
  name: string;
  sources?: readonly string[] | undefined;
  units?: readonly string[] | undefined;
  may?: readonly string[] | undefined;
}

export interface ListedKey extends IngestKey {
  revoked: boolean;
  changed_at: string;
}

/** A key for the acts of the product there is none. */
const KEY_GRANTS: readonly string[] = ['office', 'registry'];

const NEWEST = `SELECT name, argMax(key_hash, changed_at) AS hash, argMax(sources, changed_at) AS only_sources,
  argMax(units, changed_at) AS only_units, argMax(may, changed_at) AS may_do, argMax(revoked, changed_at) AS is_revoked, max(changed_at) AS at
FROM ingest_key_changes GROUP BY name`;

/**
 * Makes a key.
 * @returns the key itself, which is not kept
 * @throws CommandError for a wrong or taken name, a wrong source, unit or grant
 */
export async function createKey(
  warehouse: Warehouse,
  { name, sources = [], units = [], may = [] }: NewKey,
): Promise<string> {
  if (!/^[\p{L}\p{N}][\p{L}\p{N}._ -]{0,63}$/u.test(name))
    throw new CommandError(
      `A key's name has 1–64 letters, digits, spaces and . _ -; ${JSON.stringify(name)} does not fit.`,
    );
  const noSource = sources.find((source) => !isSourceUri(source));
  if (noSource === '')
    throw new CommandError('--source is empty. Leave it out for a key that may send events of every source.');
  if (noSource !== undefined)
    throw new CommandError(
      `${JSON.stringify(noSource)} is not a URI reference, so no event can have it as its source.`,
    );
  const noUnit = units.find((unit) => !isUnitId(unit));
  if (noUnit !== undefined) throw new CommandError(`${JSON.stringify(noUnit)} is not a unit id.`);
  const noGrant = may.find((grant) => !KEY_GRANTS.includes(grant));
  if (noGrant !== undefined)
    throw new CommandError(`--may takes ${KEY_GRANTS.join(' and ')}, not ${JSON.stringify(noGrant)}.`);
  if ((await listKeys(warehouse)).some((key) => key.name === name && !key.revoked))
    throw new CommandError(
      `There is a key named ${name} already. Revoke it first (key revoke ${name}) or choose another name.`,
    );
  const key = newKey();
  await change(warehouse, { name, key_hash: hashOfKey(key), sources, units, may, revoked: false });
  return key;
}

/** @throws CommandError if there is no such key */
export async function revokeKey(warehouse: Warehouse, name: string): Promise<void> {
  if (!(await listKeys(warehouse)).some((key) => key.name === name && !key.revoked))
    throw new CommandError(`There is no key named ${name}; "key list" names them.`);
  await change(warehouse, { name, key_hash: '', sources: [], units: [], may: [], revoked: true });
}

export function listKeys(warehouse: Warehouse): Promise<ListedKey[]> {
  return warehouse.query(
    `SELECT name, only_sources AS sources, only_units AS units, may_do AS may, is_revoked AS revoked, toString(at) AS changed_at FROM (${NEWEST}) ORDER BY name`,
  );
}

/** The keys in force by the SHA-256 of the key. */
export async function keysInForce(warehouse: Warehouse): Promise<Map<string, IngestKey>> {
  const rows = await warehouse.query<IngestKey & { hash: string }>(
    `SELECT name, hash, only_sources AS sources, only_units AS units, may_do AS may FROM (${NEWEST}) WHERE NOT is_revoked`,
  );
  return new Map(rows.map(({ hash, ...key }) => [hash, key]));
}

/** The key of this name in force. */
export async function keyNamed(warehouse: Warehouse, name: string): Promise<IngestKey | undefined> {
  return [...(await keysInForce(warehouse)).values()].find((key) => key.name === name);
}

async function change(
  warehouse: Warehouse,
  row: Omit<NewKey, 'name'> & { name: string; key_hash: string; revoked: boolean },
): Promise<void> {
  await warehouse.command(
    `INSERT INTO ingest_key_changes (name, key_hash, source, sources, units, may, revoked, changed_at)
     SELECT {name:String}, {key_hash:String}, '', {sources:Array(String)}, {units:Array(String)}, {may:Array(String)}, {revoked:Bool}, now64(6)`,
    { ...row },
  );
}
