/** What became of something that a person wanted done: the value, or why not, for the page to say in its words. */
import { withExpectedErrors } from '@hengjian/models';
import { RefusedAct, type RefusedReason } from '@hengjian/models/publication/refused-act.ts';
import { CommandError } from '@hengjian/warehouse';

export interface Refused {
  ok: false;
  /** `other`: `values.detail` is the sentence. */
  reason: RefusedReason | 'other';
  values: Readonly<Record<string, string | number>>;
}

export type Act<T> = { ok: true; value: T } | Refused;

/** Expected failures become values; anything else is a fault and is thrown. */
export async function acted<T>(act: () => Promise<T>): Promise<Act<T>> {
  try {
    return { ok: true, value: await withExpectedErrors(act) };
  } catch (error) {
    if (error instanceof RefusedAct) return { ok: false, reason: error.reason, values: error.values };
    if (error instanceof CommandError) return { ok: false, reason: 'other', values: { detail: error.message } };
    throw error;
  }
}
