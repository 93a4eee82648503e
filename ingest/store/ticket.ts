import type { EventFields } from '../check/event-fields.ts';
import type { Rejection } from '../check/rejection.ts';
import type { Origin } from './origin.ts';

export interface RejectedEvent {
  index: number;
  id: string;
  reason: string;
  detail: string;
}

export interface Outcome {
  accepted: number;
  duplicate: number;
  /** Number of refused events. */
  rejected: number;
  /** The refused events, where the ticket was opened to name them. */
  rejections: RejectedEvent[];
}

export interface TicketOptions {
  origin: Origin;
  /** Keep each rejection for the answer. */
  nameRejections?: boolean;
  /** A further rule for the events of this caller. */
  allow?: (event: EventFields) => Pick<Rejection, 'reason' | 'detail'> | undefined;
  /** True: the event is not for this sink, or stored already. Called with undefined for a refused event. */
  leaveOut?: (event: EventFields | undefined, position: number) => boolean;
}

/** What became of the events of one request or file; settled when the last block that holds one of them is durable. */
export class Ticket {
  readonly origin: Origin;
  readonly allow: TicketOptions['allow'];
  readonly leaveOut: TicketOptions['leaveOut'];
  readonly outcome: Outcome = { accepted: 0, duplicate: 0, rejected: 0, rejections: [] };
  readonly #nameRejections: boolean;
  #openBlocks = 0;
  #failure: Error | undefined;
  #waiting: (() => void) | undefined;

  constructor({ origin, nameRejections = false, allow, leaveOut }: TicketOptions) {
    this.origin = origin;
    this.allow = allow;
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
  async settled(): Promise<Outcome> {
    if (this.#openBlocks > 0) await new Promise<void>((resolve) => (this.#waiting = resolve));
    if (this.#failure) throw this.#failure;
    return this.outcome;
  }
}
