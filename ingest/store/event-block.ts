/** What is stored together: new events, events that may be stored already, refused events, duplicates. */
import type { EventFields } from '../check/event-fields.ts';
import { DuplicateColumns } from './duplicate-columns.ts';
import { EventColumns } from './event-columns.ts';
import { PendingKeys } from './pending-keys.ts';
import { RejectColumns } from './reject-columns.ts';
import type { Ticket } from './ticket.ts';

export class EventBlock {
  readonly events = new EventColumns();
  /** Events whose key the filter knows: looked up before the block is stored. */
  readonly maybes = new EventColumns();
  readonly maybeTickets: Ticket[] = [];
  readonly rejects = new RejectColumns();
  readonly duplicates = new DuplicateColumns();
  readonly tickets = new Set<Ticket>();
  /** When the block is to be stored even if it is not full (performance.now(), ms): as soon as its callers' patience ends. */
  due = Number.POSITIVE_INFINITY;
  #last: Ticket | undefined;
  readonly #eventKeys = new PendingKeys();
  readonly #maybeKeys = new PendingKeys();

  /** Empties the block for the next use; fresh memory for each block would cost more than what is written into it. */
  clear(): void {
    for (const part of [this.events, this.maybes, this.rejects, this.duplicates, this.#eventKeys, this.#maybeKeys])
      part.clear();
    this.maybeTickets.length = 0;
    this.tickets.clear();
    this.#last = undefined;
    this.due = Number.POSITIVE_INFINITY;
  }

  get rows(): number {
    return this.events.rows + this.maybes.rows + this.rejects.rows + this.duplicates.rows;
  }

  get bytes(): number {
    return this.events.bytes + this.maybes.bytes + this.rejects.bytes + this.duplicates.bytes;
  }

  enter(ticket: Ticket): void {
    if (ticket === this.#last) return;
    this.#last = ticket;
    if (this.tickets.has(ticket)) return;
    this.tickets.add(ticket);
    ticket.enterBlock();
  }

  has(hash: number, event: EventFields): boolean {
    return (
      this.#eventKeys.find(hash, (row) => this.events.hasKey(row, event)) ||
      this.#maybeKeys.find(hash, (row) => this.maybes.hasKey(row, event))
    );
  }

  addNew(hash: number, event: EventFields, ticket: Ticket, position: number): void {
    this.#eventKeys.add(hash);
    this.events.append(event, ticket.origin, position);
  }

  addMaybe(hash: number, event: EventFields, ticket: Ticket, position: number): void {
    this.#maybeKeys.add(hash);
    this.maybes.append(event, ticket.origin, position);
    this.maybeTickets.push(ticket);
  }
}
