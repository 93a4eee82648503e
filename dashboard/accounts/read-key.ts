import type { Role } from '@hengjian/contract/scope.ts';
import type { Account } from './account.ts';
import { createToken, hashToken } from './token.ts';

/** What a read key may see: what a person of such a role and scope sees, and only by reading. */
export const readKeyRoles = ['office', 'leader', 'unit', 'auditor'] as const satisfies readonly Role[];

/** By which scanners of code and logs recognise one; that of a key which sends events is `hj_`. */
const PREFIX = 'hjr_';

/** Days a read key counts, where nobody says otherwise; and at most. */
export const readKeyDays = 365;
export const mostReadKeyDays = 3650;

/** 256 random bits behind the prefix. */
export const newReadKey = (): string => PREFIX + createToken();

/** The random part; undefined: no read key at all. */
export const readKeyToken = (key: string): string | undefined =>
  key.startsWith(PREFIX) ? key.slice(PREFIX.length) : undefined;

/** What the warehouse keeps. */
export const hashOfReadKey = (key: string): string => hashToken(readKeyToken(key) ?? '');

/** A key reads as an account would whose name no account can have. */
export const readKeyAccount = ({ name, roles, units, areas }: Omit<Account, 'disabled'>): Account => ({
  name: `key:${name}`,
  roles,
  units,
  areas,
  disabled: false,
});
