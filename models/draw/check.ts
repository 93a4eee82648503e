/** One thing that verification looked at. */
export interface Check {
  name: string;
  /** What holds, or what cannot be shown without the frame. */
  finding: string;
  /** Why it fails; absent: it holds. */
  problem?: string;
}

/** Ends a verification at the first check that fails. */
export class CheckFailed extends Error {
  readonly check: string;
  constructor(check: string, problem: string) {
    super(problem);
    this.check = check;
  }
}

/** Collects checks in order; `hold` stops at the first that fails. */
export class CheckList {
  readonly checks: Check[] = [];

  hold(name: string, holds: boolean, finding: string, problem: string): void {
    if (!holds) throw new CheckFailed(name, problem);
    this.checks.push({ name, finding });
  }

  fail(failed: CheckFailed): void {
    this.checks.push({ name: failed.check, finding: '', problem: failed.message });
  }
}
