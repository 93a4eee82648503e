/** Where an import stands, and what may still be done with it. */
import { type ImportRecord, type ImportState, OPEN_STATES } from './import-store.ts';

export const isOpen = ({ state }: Pick<ImportRecord, 'state'>): boolean => OPEN_STATES.includes(state);

export const isUnderWay = ({ state }: Pick<ImportRecord, 'state'>): boolean => state.endsWith('ing');

/** It was begun to be brought, and did not come to its end. */
export const isBroken = ({ state, history }: Pick<ImportRecord, 'state' | 'history'>): boolean =>
  isOpen({ state }) && history.some((step) => step.state === 'bringing');

/** What a failure leaves: a taking back that came to an end nowhere is to be taken up again. */
export function fallenBack(state: ImportState, { outcomes }: Pick<ImportRecord, 'outcomes'>): ImportState {
  if (state === 'undoing') return outcomes.length > 0 ? 'brought' : 'failed';
  return state === 'restoring' ? 'undone' : 'failed';
}
