import { CommandError } from '../command-context.ts';

/** EX_TEMPFAIL of sysexits.h: the same may be possible later. */
export const TRY_LATER = 75;

/** What the engine says when a guard refuses a statement. */
export const TAKEN_OVER = 'another writer has taken over from this one';

/** This holder had fallen silent (frozen, cut off), another one was admitted, and what this one knows is no longer all. */
export class TakenOverError extends CommandError {
  constructor(kind = 'writer') {
    super(
      kind === 'refresh'
        ? 'Another refresh has taken over while this one was silent for more than 20 seconds. What is live is what that one made; nothing of this one is.'
        : 'Another writer has taken over this warehouse while this one was silent for more than 20 seconds. What was not stored yet is to be sent again when that one has ended.',
      TRY_LATER,
    );
  }
}

/** The error of a refused statement as a sentence; others as they are. */
export const asTakenOver = (error: unknown, kind?: string): unknown =>
  error instanceof Error && error.message.includes(TAKEN_OVER) ? new TakenOverError(kind) : error;
