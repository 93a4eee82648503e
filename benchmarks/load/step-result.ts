/** What came of a step, and whether that is good enough. Read by the k6 script too: nothing here may need Node. */
import { alignedTable } from '../aligned-table.ts';
import type { Step } from './plan-steps.ts';

export interface StepResult {
  /** requests that were answered, whatever the answer */
  answered: number;
  /** events that were acknowledged by a 202 */
  events: number;
  /** 429 or 503 with Retry-After: overload, said properly */
  refused: number;
  /** other answers than 202, and none */
  failed: number;
  /** a 202 whose accepted + duplicate + rejected is not what was sent */
  wrong: number;
  /** requests not sent in time because every connection was taken */
  dropped: number;
  /** milliseconds from the moment a request was due until its answer was read; 0 without answers */
  ms: { p50: number; p95: number; p99: number; max: number };
}

/** What of the step is not as it must be; empty: all well. */
export function faultsOf(step: Step, result: StepResult): string[] {
  if (!step.judged) return [];
  const faults: string[] = [];
  const none = (what: keyof StepResult & ('refused' | 'failed' | 'wrong' | 'dropped')) => {
    if (result[what] > 0) faults.push(`${step.name}: ${result[what]} requests ${what}`);
  };
  none('failed');
  none('wrong');
  if (result.answered === 0) faults.push(`${step.name}: no request was answered`);
  if (step.mayRefuse) return faults;
  none('refused');
  none('dropped');
  if (result.ms.p99 >= step.p99Ms)
    faults.push(`${step.name}: p99 of ${result.ms.p99.toFixed(0)} ms is not below ${step.p99Ms} ms`);
  return faults;
}

/** As if overload were not expected, and the step judged. */
export const strictly = (step: Step): Step => ({ ...step, judged: true, mayRefuse: false });

/** The fastest step that was served in time and without any fault, as if each had been judged. */
export function saturationOf(
  steps: readonly Step[],
  results: readonly StepResult[],
): { step: Step; result: StepResult } | undefined {
  return steps
    .map((step, index) => ({ step, result: results[index]! }))
    .filter(({ step, result }) => result && faultsOf(strictly(step), result).length === 0)
    .sort((a, b) => b.step.rate - a.step.rate)[0];
}

const HEAD = [
  'step',
  'asked/s',
  'answered/s',
  'events/s',
  'p50 ms',
  'p95 ms',
  'p99 ms',
  'max ms',
  'refused',
  'failed',
  'wrong',
  'dropped',
];

/** An aligned table for a terminal: one step a line. */
export function resultTable(steps: readonly Step[], results: readonly StepResult[]): string {
  const ms = (value: number): string => (value < 10 ? value.toFixed(1) : value.toFixed(0));
  const rows = steps.slice(0, results.length).map((step, index) => {
    const { answered, events, ms: times, refused, failed, wrong, dropped } = results[index]!;
    return [
      step.name,
      step.rate,
      (answered / step.seconds).toFixed(0),
      (events / step.seconds).toFixed(0),
      ms(times.p50),
      ms(times.p95),
      ms(times.p99),
      ms(times.max),
      refused,
      failed,
      wrong,
      dropped,
    ].map(String);
  });
  return alignedTable([HEAD, ...rows]);
}
