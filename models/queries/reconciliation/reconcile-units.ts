/** What the counts of a unit's list, the platform and the pushes say together: an estimate of what neither saw, and alarms. */
import { chapmanEstimate, type PopulationEstimate } from '../../stats/chapman-estimate.ts';
import { type ChapmanProblem, chapmanProblem } from '../../stats/chapman-problem.ts';
import type { ReconciledCounts } from './reconciled-rows.ts';

export interface UnitReconciliation extends ReconciledCounts {
  /** `sent`, `zero`: an empty list was sent, `none`: no list was sent. */
  report: 'sent' | 'zero' | 'none';
  /** Documents of the quarter before, on the platform. */
  before: number;
  /** All that there are, with a 95 % interval; undefined where nothing can be estimated. */
  estimate: PopulationEstimate | undefined;
  /** Why nothing can; `empty`: one of the sources is. null where there is an estimate. */
  no_estimate: 'empty' | ChapmanProblem | null;
  /** A zero report although something is there, or was in the quarter before. */
  alarm: 'zero_but_entered' | 'zero_but_pushed' | 'zero_unlike_before' | null;
}

export interface OwedReport {
  unit: string;
  /** Kind of the list. */
  list: string;
  /** Rows of the latest list; null where none was sent. */
  rows: number | null;
}

/** One entry for each list that is owed, in that order. @param before documents on the platform in the quarter before */
export function reconcileUnits(
  owed: readonly OwedReport[],
  counts: readonly ReconciledCounts[],
  before: readonly Pick<ReconciledCounts, 'unit' | 'list' | 'entered'>[],
): UnitReconciliation[] {
  return owed.map(({ unit, list, rows }) => {
    const mine = (one: { unit: string; list: string }) => one.unit === unit && one.list === list;
    const found = counts.find(mine) ?? nothing(unit, list);
    const earlier = before.find(mine)?.entered ?? 0;
    const { listed, entered, both } = found;
    const problem = listed > 0 && entered > 0 ? chapmanProblem(listed, entered, both) : 'empty';
    return {
      ...found,
      report: rows === null ? 'none' : rows === 0 ? 'zero' : 'sent',
      before: earlier,
      estimate: problem ? undefined : chapmanEstimate(listed, entered, both),
      no_estimate: problem ?? null,
      alarm: rows === 0 ? zeroAlarm(found, earlier) : null,
    };
  });
}

function zeroAlarm({ entered, push_only: pushed }: ReconciledCounts, before: number): UnitReconciliation['alarm'] {
  if (entered > 0) return 'zero_but_entered';
  if (pushed > 0) return 'zero_but_pushed';
  return before > 0 ? 'zero_unlike_before' : null;
}

function nothing(unit: string, list: string): ReconciledCounts {
  return { unit, list, listed: 0, entered: 0, both: 0, differing: 0, list_only: 0, platform_only: 0, push_only: 0 };
}
