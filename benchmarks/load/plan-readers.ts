/** What readers ask for when, and whether it is answered well enough. Read by the k6 script too: nothing here may need Node. */

/** `readers.json`. */
export interface ReadersProfile {
  does: string;
  /** connections, each of a reader of its own */
  readers: number;
  /** length of each step */
  seconds: number;
  steps: ReadersStep[];
}

export interface ReadersStep {
  name: string;
  /** `{quarter}`, and `{unit}` of the reader */
  path: string;
  /** default: as nobody */
  signedIn?: boolean;
  /** an earlier step, and the least share of its requests/s */
  peer?: string;
  atLeast?: number;
  /** most of the 95th percentile */
  p95Ms?: number;
}

export interface Reader {
  cookie: string;
  unit: string;
}

export interface PlannedStep extends ReadersStep {
  seconds: number;
  /** seconds after the beginning */
  startsAt: number;
}

export interface ReadResult {
  /** requests/s that were answered with 200 */
  rate: number;
  /** other answers, and none */
  failed: number;
  ms: { p50: number; p95: number };
  /** processor time of the dashboard for one request, ms; undefined where it was not watched */
  cpuMs?: number;
}

export function planReaders(
  { steps, seconds }: ReadersProfile,
  { quarter, seconds: asked }: { quarter: string; seconds?: number | undefined },
): PlannedStep[] {
  const length = asked ?? seconds;
  return steps.map((step, n) => ({
    ...step,
    path: step.path.replace('{quarter}', quarter),
    seconds: length,
    startsAt: n * length,
  }));
}

/** What the n-th connection asks for, n from 0. */
export function requestOf(
  step: ReadersStep,
  readers: readonly Reader[],
  n: number,
): { path: string; headers: Record<string, string> } {
  const reader = readers[n % readers.length]!;
  return {
    path: step.path.replace('{unit}', reader.unit),
    headers: step.signedIn ? { cookie: reader.cookie } : {},
  };
}

/** requests/s of a step by those of its peer; undefined where it has none. */
export function ratioOf(
  steps: readonly ReadersStep[],
  results: readonly ReadResult[],
  name: string,
): number | undefined {
  const at = (wanted: string) => steps.findIndex((step) => step.name === wanted);
  const { peer } = steps[at(name)]!;
  return peer === undefined ? undefined : results[at(name)]!.rate / results[at(peer)]!.rate;
}

/** What is not as it must be; empty: all well. @param slack by which ratios and times may miss, 0 to 1 */
export function readFaults(steps: readonly ReadersStep[], results: readonly ReadResult[], slack = 0): string[] {
  return steps.flatMap(({ name, atLeast, p95Ms, peer }, n) => {
    const { failed, ms } = results[n]!;
    const faults = failed > 0 ? [`${name}: ${failed} requests failed`] : [];
    const ratio = ratioOf(steps, results, name);
    if (ratio !== undefined && atLeast !== undefined && ratio < atLeast * (1 - slack))
      faults.push(`${name}: ${ratio.toFixed(2)} × the requests/s of ${peer} is less than ${atLeast}`);
    if (p95Ms !== undefined && ms.p95 > p95Ms * (1 + slack))
      faults.push(`${name}: p95 of ${ms.p95.toFixed(0)} ms is above ${p95Ms} ms`);
    return faults;
  });
}
