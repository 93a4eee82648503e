import type { Outcome, Submission, SubmissionOptions } from '@hengjian/contract/event-writer.ts';
import type { EventFields } from '../check/event-fields.ts';
import type { Rejection } from '../check/rejection.ts';

export interface PendingOptions extends SubmissionOptions {
  /** True: the event is not for this sink, or stored already. Called with undefined for a refused event. */
  leaveOut?: (event: EventFields | undefined, position: number) => boolean;
}

/** The events of one request or file; durable when the last block that holds one of them is. */
export class PendingSubmission implements Submission {
  readonly origin: PendingOptions['origin'];
  readonly rights: PendingOptions['rights'];
  readonly owners: PendingOptions['owners'];
  readonly leaveOut: PendingOptions['leaveOut'];
  readonly outcome: Outcome = { accepted: 0, duplicate: 0, rejected: 0, rejections: [] };
  readonly #nameRejections: boolean;
  #openBlocks = 0;
  #failure: Error | undefined;
  #waiting: (() => void) | undefined;

  constructor({ origin, rights, owners, nameRejections = false, leaveOut }: PendingOptions) {
    this.origin = origin;
    this.rights = rights;
    this.owners = owners;
    this.leaveOut = leaveOut;
    this.#nameRejections = nameRejections;
  }

  refuse({ id, reason, detail }: Rejection, index: number): void {
    this.outcome.rejected += 1;
    if (this.#nameRejections) this.outcome.rejections.push({ index, id, reason, detail });
  }

  enterBlock(): void {
    this.#openBlocks += 1;
  }

  leaveBlock(failure?: Error): void {
    this.#openBlocks -= 1;
    this.#failure ??= failure;
    if (this.#openBlocks === 0) this.#waiting?.();
  }

  get failure(): Error | undefined {
    return this.#failure;
  }

  /** @throws the reason why a block could not be stored; the caller may send the same events again. */
  async durable(): Promise<Outcome> {
    if (this.#openBlocks > 0) await new Promise<void>((resolve) => (this.#waiting = resolve));
    if (this.#failure) throw this.#failure;
    return this.outcome;
  }
}
