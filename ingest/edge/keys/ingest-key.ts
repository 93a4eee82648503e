import { createHash, randomBytes } from 'node:crypto';

/** A key as it is kept: never the key itself. */
export interface IngestKey {
  name: string;
  /** The only source whose events it may send; undefined for any. */
  source: string | undefined;
  /** The only units whose events it may send; empty for any. */
  units: string[];
}

/** A new key: 32 random bytes behind a prefix by which scanners of code and logs recognise it. */
export const newKey = (): string => `hj_${randomBytes(32).toString('base64url')}`;

/** Keys are random and long, so a plain hash is enough: there is nothing to guess. */
export const hashOfKey = (key: string): string => createHash('sha256').update(key).digest('hex');
