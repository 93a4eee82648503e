import { randomBytes } from 'node:crypto';
import type { RowFilter } from '@hengjian/models/queries/reconciliation/reconciled-rows.ts';
import { ROW_STATES } from '@hengjian/models/queries/reconciliation/row-states.ts';

export interface Sampling {
  seed: string;
  size: number;
}

/** Rows of a sample, unless the person says otherwise, and at most. */
const SIZE = 20;
const MOST = 200;

/** What the address asks for; a list or state that does not exist chooses nothing. */
export function rowFilter(params: URLSearchParams): RowFilter {
  const state = params.get('state') ?? '';
  return {
    unit: params.get('unit') ?? '',
    list: params.get('list') ?? '',
    state: (ROW_STATES as readonly string[]).includes(state) ? state : '',
  };
}

/** The sample that the address asks for; undefined where it names no seed. */
export function sampling(params: URLSearchParams): Sampling | undefined {
  const seed = (params.get('seed') ?? '').slice(0, 64);
  const size = Number(params.get('size') ?? SIZE);
  return seed === '' ? undefined : { seed, size: Number.isInteger(size) ? Math.min(Math.max(size, 1), MOST) : SIZE };
}

/** A seed that nobody could foresee, for who has none. */
export function freshSeed(): string {
  return randomBytes(8).toString('hex');
}
