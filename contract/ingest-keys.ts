/** Keys of systems that send events: what is kept of them, and what an administrator does about them. */
import type { Grant } from './write-rights.ts';

/** Acts beyond a unit's own that a limited key may be given; for those of the product there is no key. */
export const KEY_GRANTS = ['office', 'registry'] as const satisfies readonly Grant[];

export interface NewIngestKey {
  /** Of the sending system: 1–64 letters of any script, digits, spaces and . _ - */
  name: string;
  /** The only sources whose events it may send; none: any. */
  sources: readonly string[];
  /** The only units whose events it may send; none: any. */
  units: readonly string[];
  may: readonly string[];
}

export interface ListedIngestKey {
  name: string;
  sources: string[];
  units: string[];
  may: (typeof KEY_GRANTS)[number][];
  revoked: boolean;
  /** When it was made or revoked, by the legal clock. */
  changed_at: string;
  /** Account or command line; '': made before that was kept. */
  changed_by: string;
}

/** Why a key cannot be made: which part of it, and the value. */
export interface KeyProblem {
  field: 'name' | 'sources' | 'units' | 'may';
  reason: 'name_form' | 'source_empty' | 'source_form' | 'unit_form' | 'grant_unknown' | 'name_taken';
  value: string;
}

export interface IngestKeys {
  list(): Promise<ListedIngestKey[]>;
  /** Makes a key and gives it, once: only its hash is kept. @param by who has it made */
  add(key: NewIngestKey, by: string): Promise<{ ok: true; key: string } | { ok: false; problem: KeyProblem }>;
  /** @returns false where no key of this name is in force */
  revoke(name: string, by: string): Promise<boolean>;
}
