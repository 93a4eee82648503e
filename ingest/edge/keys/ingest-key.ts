import { createHash, randomBytes } from 'node:crypto';
import { type Grant, unrestrictedRights, type WriteRights } from '@hengjian/contract/write-rights.ts';

/** A key as it is kept: never the key itself. */
export interface IngestKey {
  name: string;
  /** The only sources whose events it may send; empty for any. */
  sources: string[];
  /** The only units whose events it may send; empty for any. */
  units: string[];
  /** Acts beyond a unit's own that a limited key may do. */
  may: Exclude<Grant, 'product'>[];
}

/** A new key: 32 random bytes behind a prefix by which scanners of code and logs recognise it. */
export const newKey = (): string => `hj_${randomBytes(32).toString('base64url')}`;

/** Keys are random and long, so a plain hash is enough: there is nothing to guess. */
export const hashOfKey = (key: string): string => createHash('sha256').update(key).digest('hex');

/** Without a limit everything but the acts of the product; with one what those do, and what is granted by name. */
export const rightsOf = ({ name, sources, units, may }: IngestKey): WriteRights => ({
  ...(sources.length === 0 && units.length === 0
    ? unrestrictedRights(name)
    : { by: name, sources: sources.length === 0 ? 'all' : sources, units: units.length === 0 ? 'all' : units, may }),
  outside: true,
});
