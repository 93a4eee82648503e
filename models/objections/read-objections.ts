/** Objections of departments against their own scores, as the log tells them (publication.md §5). */
import type { Warehouse } from '@hengjian/warehouse';
import { nullWithoutNotice } from '../calendar/null-without-notice.ts';
import { momentOf } from '../publication/moment.ts';
import type { RuleSet } from '../ruleset/rule-set.ts';
import { keptRuleSets, type Project } from '../runner/project.ts';
import { type ObjectionEvent, outagesOf, readObjectionEvents } from './objection-events.ts';
import { answerUntil, fileUntil, type Outage } from './objection-window.ts';

export type Outcome = 'upheld' | 'rejected' | 'partly';

export interface DraftWindow {
  quarter: string;
  shownOn: string;
  /** Last day for a unit that no outage covers. */
  plainUntil: string;
  /** Last day on which any unit may still object. */
  until: string;
}

export interface Objection {
  objectionId: string;
  /** The rule set whose score it is about; null: every one (events from before it was written). */
  ruleset: string | null;
  quarter: string;
  unit: string;
  item: string;
  rows: { kind: string; key: string }[];
  grounds: string;
  filedAt: string;
  /** Last day for an answer in time. */
  answerUntil: string | null;
  /** `late`, `foreign`: filed after the window, or by another than the unit; such a one obliges nobody. */
  state: 'open' | 'answered' | 'withdrawn' | 'late' | 'foreign';
  outcome: Outcome | null;
  reason: string | null;
  answeredAt: string | null;
}

/** Quarter, or `quarter ruleset` → the day on which its draft was shown last. */
type Shown = ReadonlyMap<string, string>;

/** The window of the newest draft shown of a quarter under the rule set; undefined where none was shown. @throws CalendarError */
export async function readDraftWindow(
  warehouse: Warehouse,
  project: Project,
  quarter: string,
): Promise<DraftWindow | undefined> {
  return draftWindowOf(await readObjectionEvents(warehouse), project, quarter);
}

/** @param events of `readObjectionEvents` @throws CalendarError */
export function draftWindowOf(
  events: readonly ObjectionEvent[],
  project: Project,
  quarter: string,
): DraftWindow | undefined {
  const shownOn = shownDay(shownDays(events), quarter, project.ruleSet.id);
  return shownOn === undefined ? undefined : windowFrom(events, project, quarter, shownOn);
}

/** The window that a draft opens when it is shown on a day. @throws CalendarError */
export function windowFrom(
  events: readonly ObjectionEvent[],
  project: Project,
  quarter: string,
  shownOn: string,
): DraftWindow {
  const outages = outagesOf(events);
  const ends = project.ruleSet.data.units.map(({ id }) => fileUntil(project, outages, id, shownOn));
  return {
    quarter,
    shownOn,
    plainUntil: fileUntil(project, [], null, shownOn),
    until: ends.sort().at(-1) ?? shownOn,
  };
}

/** Last day on which `unit` may object; undefined where no draft was shown. @throws CalendarError */
export async function readUnitWindow(
  warehouse: Warehouse,
  project: Project,
  quarter: string,
  unit: string,
): Promise<{ shownOn: string; until: string } | undefined> {
  return unitWindowOf(await readObjectionEvents(warehouse), project, quarter, unit);
}

/** @param events of `readObjectionEvents` @throws CalendarError */
export function unitWindowOf(
  events: readonly ObjectionEvent[],
  project: Project,
  quarter: string,
  unit: string,
): { shownOn: string; until: string } | undefined {
  const shownOn = shownDay(shownDays(events), quarter, project.ruleSet.id);
  return shownOn === undefined ? undefined : { shownOn, until: fileUntil(project, outagesOf(events), unit, shownOn) };
}

/** Objections to scores under the rule set, oldest first; of one quarter where it is named. */
export async function readObjections(warehouse: Warehouse, project: Project, quarter?: string): Promise<Objection[]> {
  const own = (await readAllObjections(warehouse, project)).filter(
    ({ ruleset }) => ruleset === null || ruleset === project.ruleSet.id,
  );
  return own.filter((objection) => quarter === undefined || objection.quarter === quarter);
}

/** Objections under every rule set, oldest first; the days of each by the rule set that it is about. */
export async function readAllObjections(warehouse: Warehouse, project: Project): Promise<Objection[]> {
  return objectionsOf(await readObjectionEvents(warehouse), project);
}

/** @param events of `readObjectionEvents` */
export function objectionsOf(events: readonly ObjectionEvent[], project: Project): Objection[] {
  const shown = shownDays(events);
  const outages = outagesOf(events);
  const known = new Map<string, Objection>();
  for (const event of events) {
    const id = String(event.data.objection_id ?? '');
    const objection = known.get(id);
    if (event.type === 'score_objection.filed' && !objection)
      known.set(id, filed(event, projectOf(event, project), shown, outages));
    else if (objection?.state !== 'open') continue;
    else if (event.type === 'score_objection.withdrawn' && event.department === objection.unit)
      known.set(id, { ...objection, state: 'withdrawn' });
    else if (event.type === 'score_objection.answered')
      known.set(id, {
        ...objection,
        state: 'answered',
        outcome: event.data.outcome as Outcome,
        reason: String(event.data.reason ?? ''),
        answeredAt: momentOf(event.time),
      });
  }
  return [...known.values()];
}

/** With the rule set that the event names, where it is at hand. */
function projectOf({ data }: ObjectionEvent, project: Project): Project {
  const named: RuleSet | undefined = keptRuleSets(project).find(({ id }) => id === data.ruleset);
  return named ? { ...project, ruleSet: named } : project;
}

/** Those that wait for an answer. */
export async function openObjections(warehouse: Warehouse, project: Project, quarter: string): Promise<Objection[]> {
  return (await readObjections(warehouse, project, quarter)).filter(({ state }) => state === 'open');
}

function filed(event: ObjectionEvent, project: Project, shown: Shown, outages: readonly Outage[]): Objection {
  const { data, department, time } = event;
  const unit = String(data.unit);
  const quarter = String(data.quarter);
  const day = time.slice(0, 10);
  return {
    objectionId: String(data.objection_id),
    ruleset: typeof data.ruleset === 'string' ? data.ruleset : null,
    quarter,
    unit,
    item: String(data.item),
    rows: Array.isArray(data.rows) ? (data.rows as Objection['rows']) : [],
    grounds: String(data.grounds ?? ''),
    filedAt: momentOf(time),
    answerUntil: nullWithoutNotice(() => answerUntil(project, day)),
    state:
      department !== unit
        ? 'foreign'
        : isLate(project, shownDay(shown, quarter, String(data.ruleset ?? project.ruleSet.id)), outages, unit, day)
          ? 'late'
          : 'open',
    outcome: null,
    reason: null,
    answeredAt: null,
  };
}

/** Before any draft was shown nothing is late: the department speaks early, and is heard. */
function isLate(
  project: Project,
  shownOn: string | undefined,
  outages: readonly Outage[],
  unit: string,
  day: string,
): boolean {
  if (shownOn === undefined) return false;
  const until = nullWithoutNotice(() => fileUntil(project, outages, unit, shownOn));
  return until !== null && day > until;
}

/** The day on which each quarter's draft was shown last. */
function shownDays(events: readonly ObjectionEvent[]): Map<string, string> {
  const days = new Map<string, string>();
  for (const { type, data } of events) {
    if (type !== 'draft.shown') continue;
    const quarter = String(data.quarter);
    const key = typeof data.ruleset === 'string' ? `${quarter} ${data.ruleset}` : quarter;
    const day = String(data.shown_on);
    if (day > (days.get(key) ?? '')) days.set(key, day);
  }
  return days;
}

function shownDay(days: Shown, quarter: string, ruleset: string): string | undefined {
  return [days.get(quarter), days.get(`${quarter} ${ruleset}`)]
    .filter((day) => day !== undefined)
    .sort()
    .at(-1);
}
