/**
 * The blocks on their way: one is being filled, full ones wait, and one or two are being stored. Callers are told in the
 * order in which the blocks were filled. Behind a block that could not be stored all fail, since they may hold duplicates
 * of what was lost: those that wait, and one that was stored meanwhile. Their callers send again; what is stored already
 * is a duplicate then.
 */
import { EventBlock } from './event-block.ts';
import type { PendingSubmission } from './submission.ts';

const BLOCK_ROWS = 100_000;
const BLOCK_BYTES = 24 * 1024 * 1024;
/** The first of many is small, so that the engine has something to do soon. */
const FIRST_BLOCK_ROWS = 25_000;
/** Full ones, being stored or waiting. */
const FULL_BLOCKS = 3;
/** A small block waits so long for company (ms): parts cost more than rows. */
export const LINGER_MS = 5;

interface UnderWay {
  block: EventBlock;
  /** performance.now() */
  since: number;
  /** Resolves when its callers have been told; with the reason if it failed. */
  ended: Promise<Error | undefined>;
}

export interface BlockQueueOptions {
  /** Makes a block durable. @throws when it is given up; nothing of it goes on then */
  store: (block: EventBlock) => Promise<void>;
  /** So many are stored side by side; with more than one a later block may be visible before an earlier one. */
  blocksAtOnce?: 1 | 2 | undefined;
}

export class BlockQueue {
  current: EventBlock = new EventBlock();
  readonly #store: BlockQueueOptions['store'];
  readonly #atOnce: number;
  #waiting: EventBlock[] = [];
  #storing: UnderWay[] = [];
  #spare: EventBlock[] = [];
  #fullRows: number;
  /** After a failure nothing new begins before what is under way has ended. */
  #clearing = false;
  #timer: NodeJS.Timeout | undefined;
  #roomWaiters: (() => void)[] = [];

  constructor({ store, blocksAtOnce = 1 }: BlockQueueOptions) {
    this.#store = store;
    this.#atOnce = blocksAtOnce;
    this.#fullRows = blocksAtOnce === 1 ? BLOCK_ROWS : FIRST_BLOCK_ROWS;
  }

  /** Blocks with events that are not durable yet. */
  pending(): EventBlock[] {
    return [this.current, ...this.#waiting, ...this.#storing.map(({ block }) => block)];
  }

  /** Since when the oldest one is being stored (performance.now()). */
  get storingSince(): number | undefined {
    return this.#storing[0]?.since;
  }

  hasRoom(): boolean {
    return this.#waiting.length < FULL_BLOCKS - this.#atOnce;
  }

  async room(): Promise<void> {
    while (!this.hasRoom()) await new Promise<void>((resolve) => this.#roomWaiters.push(resolve));
  }

  sealIfFull(): void {
    if (this.current.rows < this.#fullRows && this.current.bytes < BLOCK_BYTES) return;
    this.#fullRows = BLOCK_ROWS;
    this.#seal();
    this.#run();
  }

  /** The block that is being filled is stored after `lingerMs` at the latest if it holds something of `submission`. */
  hurry(submission: PendingSubmission, lingerMs: number): void {
    const block = this.current;
    if (block.submissions.has(submission)) block.due = Math.min(block.due, performance.now() + lingerMs);
    this.#run();
  }

  /** Resolves when all has been stored, or has failed. */
  async drain(): Promise<void> {
    if (this.current.rows > 0) this.#seal();
    this.#run();
    while (this.#storing.length > 0) await this.#storing[0]!.ended;
  }

  #seal(): void {
    this.#waiting.push(this.current);
    this.current = this.#spare.pop() ?? new EventBlock();
  }

  #run(): void {
    while (!this.#clearing && this.#storing.length < this.#atOnce) {
      const next = this.#waiting.shift();
      if (next) {
        this.#begin(next);
        continue;
      }
      const left = this.current.due - performance.now();
      if (left > 0) {
        // Someone with less patience may come meanwhile, or the block may be full.
        if (left < Number.POSITIVE_INFINITY) this.#wake(Math.min(left, LINGER_MS));
        return;
      }
      this.#seal();
    }
  }

  #wake(ms: number): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#run();
    }, ms);
  }

  #begin(block: EventBlock): void {
    const before = this.#storing.at(-1)?.ended;
    const stored = this.#store(block).then(
      () => undefined,
      (error: unknown) => {
        this.#clearing = true;
        return error instanceof Error ? error : new Error(String(error));
      },
    );
    this.#storing.push({ block, since: performance.now(), ended: this.#end(block, stored, before) });
  }

  async #end(
    block: EventBlock,
    stored: Promise<Error | undefined>,
    before: Promise<Error | undefined> | undefined,
  ): Promise<Error | undefined> {
    const own = await stored;
    const failure = (await before) ?? own;
    this.#storing.shift();
    if (own) this.#fail([block, ...this.#waiting.splice(0), this.current], own);
    else if (failure) this.#fail([block], failure);
    else this.#release(block);
    if (this.#storing.length === 0) this.#clearing = false;
    this.#run();
    for (const resolve of this.#roomWaiters.splice(0)) resolve();
    return failure;
  }

  #release(block: EventBlock): void {
    for (const submission of block.submissions) submission.leaveBlock();
    block.clear();
    if (this.#spare.length < FULL_BLOCKS - 1) this.#spare.push(block);
  }

  #fail(blocks: readonly EventBlock[], failure: Error): void {
    if (blocks.includes(this.current)) this.current = new EventBlock();
    for (const { submissions } of blocks) for (const submission of submissions) submission.leaveBlock(failure);
  }
}
