/** Work that takes longer than a person should look at a white page: begun by a form, followed on a page of its own. */
import { randomUUID } from 'node:crypto';
import type { Check } from '@hengjian/models/publication/check-chain.ts';
import type { CausedChange } from '@hengjian/models/publication/find-causes.ts';
import type { PublicationRecord } from '@hengjian/models/publication/publication-record.ts';
import type { PublishingStep } from '@hengjian/models/publication/publish.ts';
import type { RuleSetComparison } from '@hengjian/models/scoring/compare-rule-sets.ts';
import type { Act, Refused } from './act.ts';

export type JobKind = 'close' | 'preview' | 'correct' | 'verify' | 'whatif';

export interface JobSubject {
  kind: JobKind;
  ruleset: string;
  /** Of a verification: null, for all. */
  quarter: string | null;
  /** Of a what-if: SHA-256 of the draft. */
  draft?: string;
}

export interface JobResult {
  published?: { record: PublicationRecord; recordSha256: string; withoutWindow: boolean };
  changes?: CausedChange[];
  checks?: Check[];
  comparison?: RuleSetComparison;
}

export interface Job extends JobSubject {
  id: string;
  by: string;
  /** ISO 8601. */
  startedAt: string;
  endedAt: string | null;
  step: PublishingStep | 'verify' | null;
  state: 'running' | 'done' | 'refused' | 'failed';
  result: JobResult | null;
  refused: Refused | null;
}

/** Kept for the page that shows them; what was done stands in the log. */
const MOST_JOBS = 200;

export class Jobs {
  readonly #jobs = new Map<string, Job>();
  readonly #running = new Set<Promise<void>>();
  readonly #onFault: (error: unknown, job: Job) => void;
  readonly #onEnd: () => void;

  /**
   * @param onFault told of what was not expected
   * @param onEnd called when the work of a job is over, before that is shown
   */
  constructor(onFault: (error: unknown, job: Job) => void, onEnd: () => void = () => {}) {
    this.#onFault = onFault;
    this.#onEnd = onEnd;
  }

  /** Of the same work that is under way already, that job. */
  start(subject: JobSubject, by: string, run: (onStep: (step: Job['step']) => void) => Promise<Act<JobResult>>): Job {
    const same = [...this.#jobs.values()].find(
      (job) =>
        job.state === 'running' &&
        job.kind === subject.kind &&
        job.quarter === subject.quarter &&
        job.ruleset === subject.ruleset &&
        job.draft === subject.draft,
    );
    if (same) return same;
    const job: Job = {
      ...subject,
      id: randomUUID(),
      by,
      startedAt: new Date().toISOString(),
      endedAt: null,
      step: null,
      state: 'running',
      result: null,
      refused: null,
    };
    this.#keep(job);
    const running = this.#run(job, run).finally(() => this.#running.delete(running));
    this.#running.add(running);
    return job;
  }

  find(id: string): Job | undefined {
    return this.#jobs.get(id);
  }

  /** Newest first. */
  list(): Job[] {
    return [...this.#jobs.values()].reverse();
  }

  /** Resolves when nothing runs any more, or after a while. */
  async settle(patienceMs: number): Promise<void> {
    const timer = Promise.withResolvers<void>();
    const timeout = setTimeout(timer.resolve, patienceMs);
    await Promise.race([Promise.allSettled([...this.#running]), timer.promise]);
    clearTimeout(timeout);
  }

  async #run(job: Job, run: (onStep: (step: Job['step']) => void) => Promise<Act<JobResult>>): Promise<void> {
    try {
      const act = await run((step) => {
        job.step = step;
      });
      this.#onEnd();
      if (act.ok) job.result = act.value;
      else job.refused = act;
      job.state = act.ok ? 'done' : 'refused';
    } catch (error) {
      job.state = 'failed';
      this.#onFault(error, job);
    } finally {
      job.endedAt = new Date().toISOString();
    }
  }

  #keep(job: Job): void {
    this.#jobs.set(job.id, job);
    for (const [id, { state }] of this.#jobs) {
      if (this.#jobs.size <= MOST_JOBS) return;
      if (state !== 'running') this.#jobs.delete(id);
    }
  }
}
