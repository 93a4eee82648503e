import { DrawError } from './draw-error.ts';

/** @throws DrawError where a change after the draw has no reason or no approver: it is visible for ever, and so are they */
export function holdDecided({ reason, approver }: { reason: string; approver: string }): void {
  if (reason.trim() === '' || approver.trim() === '')
    throw new DrawError('A change after the draw needs a reason and who approved it; give both, not blank.', {
      reason: 'undecided',
      values: {},
    });
}
