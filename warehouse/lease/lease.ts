/**
 * The one lease: who may write into a warehouse now. Owner, expiry, and a fencing token that every statement carries.
 *
 * A holder asks for it by a row (its token: later than all before) and only then looks who else is there: of two at the same time
 * at least one sees the other. It is admitted where no rival asked earlier and none is admitted; it says every few seconds that it
 * lives. One that is silent for 20 seconds may be overtaken: the next one is admitted, ends the statements of those before, and
 * only then begins. From its admission on the engine refuses every statement of a rival with a lesser token, also where two
 * were admitted because a row became visible late. Clocks decide who is thought dead, never who may write.
 *
 * Owner, expiry and token as in Litestream's leaser; fencing as in M. Kleppmann, "How to do distributed locking" (2016). ClickHouse has no
 * compare-and-swap: rows are only added, and must be read as they were written (one server, or one replica of a cluster).
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { inTime } from '../answers.ts';
import { CommandError } from '../command-context.ts';
import type { InsertGuard, Params, Warehouse } from '../warehouse.ts';
import { endInserts } from './end-inserts.ts';
import { areRivals, type LeaseClaim, RIVAL_ROWS, rivalParams } from './lease-kinds.ts';
import { thisProcess } from './lease-process.ts';
import { type LivingLease, livingLeases } from './living-leases.ts';
import { refusal } from './refusal.ts';
import { asTakenOver, TAKEN_OVER, TRY_LATER } from './taken-over-error.ts';

const EVERY_MS = 5_000;
const LOOK_AGAIN_MS = 100;
/** A server that is frozen answers none of them; the others wait for their turn. */
const MOST_PENDING = 3;
const COMMENT = 'hengjian-lease';

export interface Lease {
  /** Fencing token: µs since 1970 by the server's clock, later than that of every lease asked for before; equal ones are told apart by owner. */
  token: string;
  /** For its inserts: they are refused once a rival has taken over. */
  guard: InsertGuard;
  /** Aborted when it is known that a rival has taken over. */
  lost: AbortSignal;
  /** @throws TakenOverError once a rival has taken over */
  check(): Promise<void>;
  /** Nothing is written any more. */
  end(): Promise<void>;
}

export interface LeaseOptions {
  /** How long to wait for rivals that are there (milliseconds); by default they are a reason to give up at once. */
  waitMs?: number;
}

/** @throws CommandError naming the rival that is in the way */
export async function takeLease(
  warehouse: Warehouse,
  claim: Pick<LeaseClaim, 'kind'> & Partial<LeaseClaim>,
  { waitMs = 0 }: LeaseOptions = {},
): Promise<Lease> {
  const until = performance.now() + waitMs;
  for (;;) {
    const request = new Request(warehouse, { topic: '', cluster: '', ...claim });
    try {
      const rival = await request.admit(until);
      if (!rival) return request.lease();
      if (performance.now() >= until) throw new CommandError(refusal(request.claim, rival), TRY_LATER);
    } catch (error) {
      await request.end();
      throw error;
    }
    await request.end();
  }
}

/** One that asks: not admitted yet. */
class Request {
  readonly claim: LeaseClaim;
  readonly #warehouse: Warehouse;
  readonly #owner = randomUUID();
  readonly #lost = new AbortController();
  readonly #timer: NodeJS.Timeout;
  #begun = 0;
  #admitted = false;
  #pending = 0;

  constructor(warehouse: Warehouse, claim: LeaseClaim) {
    this.#warehouse = warehouse;
    this.claim = claim;
    this.#timer = setInterval(() => this.#beat(), EVERY_MS);
    this.#timer.unref();
  }

  /** @returns the rival that is in the way after `until`, or that was admitted at the same moment */
  async admit(until: number): Promise<LivingLease | undefined> {
    await this.#say('announced');
    this.#begun = await this.#readToken();
    for (;;) {
      const rival = (await this.#rivals()).find((other) => other.admitted || this.#isBefore(other));
      if (!rival) break;
      if (performance.now() >= until) return rival;
      await pause(LOOK_AGAIN_MS);
    }
    await this.#say('admitted');
    this.#admitted = true;
    await this.#endEarlierStatements();
    return (await this.#rivals()).find((other) => other.admitted && !this.#isBefore(other));
  }

  lease(): Lease {
    const guard = this.#guard();
    const check = async () => {
      await this.#warehouse
        .query(`SELECT ${guard.condition} AS held`, guard.params)
        .catch((error: unknown) => this.#rethrow(error));
    };
    return { token: String(this.#begun), guard, lost: this.#lost.signal, check, end: () => this.end() };
  }

  async end(): Promise<void> {
    clearInterval(this.#timer);
    await inTime(this.#say('ended').then(() => true));
  }

  #isBefore = ({ begun, owner }: LivingLease): boolean =>
    begun < this.#begun || (begun === this.#begun && owner < this.#owner);

  async #rivals(): Promise<LivingLease[]> {
    const living = await livingLeases(this.#warehouse);
    return living.filter((other) => other.owner !== this.#owner && areRivals(this.claim, other));
  }

  async #readToken(): Promise<number> {
    const [row] = await this.#warehouse.query<{ begun: number }>(
      'SELECT toUnixTimestamp64Micro(min(since)) AS begun FROM leases WHERE owner = {owner:UUID} HAVING count() > 0',
      { owner: this.#owner },
    );
    if (!row) throw new Error('what was announced in the table "leases" is not found there');
    return row.begun;
  }

  /** The token is later than all before also when the server's clock was set back. */
  #say(step: 'announced' | 'admitted' | 'alive' | 'ended', guard?: InsertGuard): Promise<void> {
    return this.#warehouse.command(
      `INSERT INTO leases (owner, kind, topic, cluster, host, process, started, machine, step, since, at)
       SELECT {owner:UUID}, {kind:String}, {topic:String}, {cluster:String}, {host:String}, {process:UInt32}, {started:String}, {machine:String}, {step:String},
         if({begun:Int64} > 0, fromUnixTimestamp64Micro({begun:Int64}), greatest(now64(6), (SELECT max(since) FROM leases) + toIntervalMicrosecond(1))),
         now64(6)${guard ? ` WHERE ${guard.condition}` : ''}`,
      { ...this.claim, ...thisProcess(), owner: this.#owner, step, begun: this.#begun, ...guard?.params },
    );
  }

  #beat(): void {
    if (this.#pending >= MOST_PENDING || this.#lost.signal.aborted) return;
    this.#pending += 1;
    this.#say('alive', this.#admitted ? this.#guard() : undefined)
      // The next one tells as much.
      .catch((error: unknown) => this.#noteLoss(error))
      .finally(() => {
        this.#pending -= 1;
      });
  }

  #noteLoss(error: unknown): void {
    const told = asTakenOver(error, this.claim.kind);
    if (told !== error) this.#lost.abort(told);
  }

  #rethrow(error: unknown): never {
    this.#noteLoss(error);
    throw asTakenOver(error, this.claim.kind);
  }

  #guard(): InsertGuard {
    return {
      condition: `(SELECT throwIf(count() > 0, '${TAKEN_OVER}') FROM leases WHERE step = 'admitted' AND since >= fromUnixTimestamp64Micro({lease_begun:Int64}) AND (since, toString(owner)) > (fromUnixTimestamp64Micro({lease_begun:Int64}), {lease_owner:String}) AND ${RIVAL_ROWS}) = 0`,
      params: { lease_owner: this.#owner, lease_begun: this.#begun, ...rivalParams(this.claim) },
      comment: `${COMMENT} ${this.claim.kind} ${this.#owner}`,
    };
  }

  /** Those of a rival that is silent or dead: they passed their guard before this one was admitted. */
  async #endEarlierStatements(): Promise<void> {
    const params: Params = {
      ...rivalParams(this.claim),
      database: this.#warehouse.database,
      own: this.#guard().comment,
    };
    // Inserts of workers are named after their claim and topic (partition-claims.ts).
    await endInserts(
      this.#warehouse,
      `SELECT query_id FROM (SELECT query_id, Settings['log_comment'] AS comment, splitByChar(' ', comment) AS words
         FROM system.processes WHERE current_database = {database:String})
       WHERE comment != {own:String} AND (
         (words[1] = '${COMMENT}' AND words[2] IN {lease_rivals:Array(String)})
         OR (words[1] = 'hengjian-worker' AND ('worker' IN {lease_rivals:Array(String)}
           OR ({lease_kind:String} = 'worker' AND words[3] != {lease_topic:String}))))`,
      params,
      `a statement of the ${this.claim.kind === 'refresh' ? 'refresh' : 'writer'} that was there before does not end; try again`,
    );
  }
}
