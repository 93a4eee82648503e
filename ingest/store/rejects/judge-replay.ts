import { isUtf8 } from 'node:buffer';
import { actedUpon, isLimited } from '@hengjian/contract/authorize.ts';
import type { RuleLimits } from '@hengjian/contract/rule-limits.ts';
import type { WriteRights } from '@hengjian/contract/write-rights.ts';
import type { Warehouse } from '@hengjian/warehouse';
import { EventChecker } from '../../check/event-checker.ts';
import type { Rejection } from '../../check/rejection.ts';
import { admit } from '../admit.ts';
import { BegunThings } from '../begun-things.ts';
import { ActedUponCollector, findOwners } from '../find-owners.ts';
import type { RejectSender } from './open-rejects.ts';
import { type SenderRights, senderRights } from './sender-rights.ts';

/** With which rights an event may go on; or why it may not. */
type Judged = { rights: WriteRights } | Rejection;

/** Whether refused events are good now, sent by whom they came from. */
export class ReplayJudge {
  readonly #warehouse: Warehouse;
  readonly #checker: EventChecker;
  readonly #rightsOf: SenderRights;
  /** By events of this replay, which may not be stored yet. */
  readonly #begun = new BegunThings();

  private constructor(warehouse: Warehouse, limits: RuleLimits, rightsOf: SenderRights) {
    this.#warehouse = warehouse;
    this.#checker = new EventChecker(Date.now(), limits);
    this.#rightsOf = rightsOf;
  }

  static async open({
    warehouse,
    limits,
    asOffice = false,
  }: {
    warehouse: Warehouse;
    limits: RuleLimits;
    asOffice?: boolean | undefined;
  }): Promise<ReplayJudge> {
    return new ReplayJudge(warehouse, limits, await senderRights(warehouse, asOffice));
  }

  /**
   * An event as it was sent, or as a row that was sent makes it; of a limited key, what it acts upon is looked up as the edge does.
   * @param senders each of them must be allowed to send it; nobody: a line at the command line that corrects no reject
   */
  async line(bytes: Buffer, senders: readonly RejectSender[]): Promise<Judged> {
    let first: Judged | undefined;
    for (const sender of senders.length > 0 ? senders : [undefined]) {
      const all = this.#rightsOf(sender);
      if (all.length === 0) return gone(sender!);
      for (const rights of all) {
        const judged = await this.#sentWith(rights, bytes);
        if ('reason' in judged) return judged;
        first ??= judged;
      }
    }
    return first!;
  }

  async #sentWith(rights: WriteRights, bytes: Buffer): Promise<Judged> {
    const valid = isUtf8(bytes);
    const rejection = this.#checker.check(bytes, 0, bytes.length, valid);
    const upon = rejection || !isLimited(rights) ? undefined : actedUpon(this.#checker.fields);
    if (!upon) return admit(this.#checker, rights, bytes, 0, bytes.length, valid) ?? { rights };
    const wanted = new ActedUponCollector();
    wanted.add(upon);
    const owners = await findOwners(this.#warehouse, wanted, this.#begun);
    // Judged here, with what the writer would have to look up again.
    const judged: WriteRights = { ...rights, may: ['registry', 'office'] };
    return admit(this.#checker, rights, bytes, 0, bytes.length, valid, owners) ?? { rights: judged };
  }
}

export const nothingRead = { source: '', id: '', type: '' };

const gone = ({ kind, name, through_edge }: RejectSender): Rejection => ({
  reason: 'not_granted',
  detail: `${why(kind, name, through_edge)}; --as-office sends it with the rights of the office and the registry`,
  ...nothingRead,
});

function why(kind: RejectSender['kind'], name: string, throughEdge: boolean): string {
  if (kind === 'http') return `the key ${name} is not in force any more, or was made since`;
  return throughEdge ? `it came by HTTP and the log ${name}, which does not keep its key` : `it came from ${name}`;
}
