/** Why something about a quarter was not done: one sentence for the command line, and the reason for pages to say it in their words. */
import { CommandError } from '@hengjian/warehouse';

export type RefusedReason =
  | 'published_already'
  | 'period_not_kept'
  | 'before_cutoff'
  | 'cutoff_unknown'
  | 'window_open'
  | 'objections_open'
  | 'despite_reason'
  | 'correction_reason'
  | 'numbers_in_reason'
  | 'not_published'
  | 'nothing_differs'
  | 'cannot_score'
  | 'log_restless'
  | 'chain_unreadable'
  | 'event_refused'
  | 'not_stored_yet'
  | 'at_the_same_moment'
  | 'quarter_runs'
  | 'not_own_unit'
  | 'unknown_unit'
  | 'grounds_missing'
  | 'draft_not_shown'
  | 'window_ended'
  | 'unknown_item'
  | 'unknown_row'
  | 'unknown_outcome'
  | 'answer_reason'
  | 'unknown_objection'
  | 'objection_not_open';

export class RefusedAct extends CommandError {
  readonly reason: RefusedReason;
  /** What the sentence speaks of: quarter, days, counts, names. */
  readonly values: Readonly<Record<string, string | number>>;
  constructor(reason: RefusedReason, values: Readonly<Record<string, string | number>>, message: string) {
    super(message);
    this.reason = reason;
    this.values = values;
  }
}
