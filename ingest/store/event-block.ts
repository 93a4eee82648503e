/** What is stored together: new events, events that may be stored already, refused events, duplicates. */
import type { EventFields } from '../check/event-fields.ts';
import { DuplicateColumns } from './duplicate-columns.ts';
import { EventColumns } from './event-columns.ts';
import { PendingKeys } from './pending-keys.ts';
import { RejectColumns } from './reject-columns.ts';
import type { PendingSubmission } from './submission.ts';

export class EventBlock {
  readonly events = new EventColumns();
  /** Events whose key the filter knows: looked up before the block is stored. */
  readonly maybes = new EventColumns();
  readonly maybeSubmissions: PendingSubmission[] = [];
  readonly rejects = new RejectColumns();
  readonly duplicates = new DuplicateColumns();
  readonly submissions = new Set<PendingSubmission>();
  /** When the block is to be stored even if it is not full (performance.now(), ms): as soon as its callers' patience ends. */
  due = Number.POSITIVE_INFINITY;
  #last: PendingSubmission | undefined;
  readonly #eventKeys = new PendingKeys();
  readonly #maybeKeys = new PendingKeys();

  /** Empties the block for the next use; fresh memory for each block would cost more than what is written into it. */
  clear(): void {
    for (const part of [this.events, this.maybes, this.rejects, this.duplicates, this.#eventKeys, this.#maybeKeys])
      part.clear();
    this.maybeSubmissions.length = 0;
    this.submissions.clear();
    this.#last = undefined;
    this.due = Number.POSITIVE_INFINITY;
  }

  get rows(): number {
    return this.events.rows + this.maybes.rows + this.rejects.rows + this.duplicates.rows;
  }

  get bytes(): number {
    return this.events.bytes + this.maybes.bytes + this.rejects.bytes + this.duplicates.bytes;
  }

  enter(submission: PendingSubmission): void {
    if (submission === this.#last) return;
    this.#last = submission;
    if (this.submissions.has(submission)) return;
    this.submissions.add(submission);
    submission.enterBlock();
  }

  has(hash: number, event: EventFields): boolean {
    return (
      this.#eventKeys.find(hash, (row) => this.events.hasKey(row, event)) ||
      this.#maybeKeys.find(hash, (row) => this.maybes.hasKey(row, event))
    );
  }

  addNew(hash: number, event: EventFields, submission: PendingSubmission, position: number): void {
    this.#eventKeys.add(hash);
    this.events.append(event, submission.origin, position);
  }

  addMaybe(hash: number, event: EventFields, submission: PendingSubmission, position: number): void {
    this.#maybeKeys.add(hash);
    this.maybes.append(event, submission.origin, position);
    this.maybeSubmissions.push(submission);
  }
}
