/** Where each quarter stands on its way: running, counting, drafted, shown, contested, ready, published. */
import type { Scope } from '@hengjian/contract/scope.ts';
import type { Warehouse } from '@hengjian/warehouse';
import { nullWithoutNotice } from '../calendar/null-without-notice.ts';
import { parsePeriod } from '../calendar/period.ts';
import { readObjectionEvents } from '../objections/objection-events.ts';
import { type DraftWindow, draftWindowOf, type Objection, objectionsOf } from '../objections/read-objections.ts';
import { shownObjection } from '../objections/shown-objection.ts';
import { listPeriods } from '../queries/list-quarters.ts';
import { seesUnit } from '../queries/read-scores.ts';
import type { Project } from '../runner/project.ts';
import { localDay } from '../runner/quarter-scope.ts';
import { type Publication, readChain } from './read-chain.ts';

export type Stage = 'running' | 'counting' | 'draft' | 'window' | 'contested' | 'ready' | 'published' | 'corrected';

export interface QuarterStanding {
  quarter: string;
  stage: Stage;
  /** Last local day that counts; null while its year has no holiday notice. */
  cutoff: string | null;
  /** Of the newest draft shown; null where none was, or where its end cannot be counted. */
  window: DraftWindow | null;
  /** Those that the scope may see. */
  objections: Objection[];
  /** Oldest first. */
  publications: Publication[];
}

/** Quarters, and months and years that are kept, with scores or publications under the rule set of the project, newest first. */
export async function readStandings(
  warehouse: Warehouse,
  scope: Scope,
  project: Project,
  now = new Date(),
): Promise<QuarterStanding[]> {
  const ruleset = project.ruleSet.id;
  const [entries, chain, events] = await Promise.all([
    listPeriods(warehouse, scope, ruleset),
    readChain(warehouse),
    readObjectionEvents(warehouse),
  ]);
  const ofRules = chain.publications.filter(({ snapshot }) => snapshot.ruleset.id === ruleset);
  const objections = objectionsOf(events, project).filter((one) => one.ruleset === null || one.ruleset === ruleset);
  const today = localDay(now);
  return entries.map(({ quarter, cutoff }) => {
    const publications = ofRules.filter(({ record }) => record.quarter === quarter);
    const all = objections.filter((one) => one.quarter === quarter);
    const last = cutoff?.slice(0, 10) ?? null;
    const window = nullWithoutNotice(() => draftWindowOf(events, project, quarter)) ?? null;
    const open = all.filter(({ state }) => state === 'open').length;
    return {
      quarter,
      stage: stageOf({ quarter, today, cutoff: last, window, open, newest: publications.at(-1) }),
      cutoff: last,
      window,
      objections: all.filter(({ unit }) => seesUnit(scope, unit)).map((one) => shownObjection(scope, one)),
      publications,
    };
  });
}

interface Standing {
  quarter: string;
  /** Local day. */
  today: string;
  cutoff: string | null;
  window: DraftWindow | null;
  /** Unanswered objections. */
  open: number;
  newest: Publication | undefined;
}

export function stageOf({ quarter, today, cutoff, window, open, newest }: Standing): Stage {
  if (newest) return newest.record.kind;
  if (today <= (parsePeriod(quarter)?.end ?? '')) return 'running';
  if (window && today <= window.until) return 'window';
  if (open > 0) return 'contested';
  if (cutoff === null || today <= cutoff) return 'counting';
  return window ? 'ready' : 'draft';
}
