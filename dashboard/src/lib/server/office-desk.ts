/** The office's desk: where the quarters stand, who has not sent a list, what waits for an answer, what is wrong. */
import { addDays } from '@hengjian/models/calendar/day.ts';
import { parsePeriod } from '@hengjian/models/calendar/period.ts';
import { neighbour, quarterOf } from '@hengjian/models/calendar/quarter.ts';
import { unitCalendar, workdaysLeft } from '@hengjian/models/calendar/unit-workdays.ts';
import type { Objection } from '@hengjian/models/objections/read-objections.ts';
import type { QuarterStanding } from '@hengjian/models/publication/read-standings.ts';
import { type ListReport, readListReports } from '@hengjian/models/queries/read-list-reports.ts';
import { type AlertCount, countRiskAlerts } from '@hengjian/models/risk/queries/read-risk-alerts.ts';
import { readAlerts } from '@hengjian/observe/alerts/read-alerts.ts';
import { unitName } from '#lib/entries/unit-name.ts';
import { itemName } from '#lib/i18n/item-name.ts';
import { standingView } from '#lib/publication/publication-view.ts';
import type { EntryScene } from './entry-scene.ts';
import { entryNames, listEntries } from './list-entries.ts';
import { openPushRows, type PushRow } from './open-push-rows.ts';

const RECENT = 10;
/** Of each type of period that the rule set keeps. */
const NEWEST = { quarter: 4, month: 2, year: 1 };
const RETURNS = 20;

export async function officeDesk(locals: App.Locals, scene: EntryScene) {
  const { parts, scope, ruleset } = locals;
  const { today, project } = scene;
  const { kafkaBrokers, kafkaTopic, dataDir } = parts.environment;
  const at = new Date();
  const ended = neighbour(quarterOf(today), -1);
  const [standings, objections, running, last, pushes, alerts, riskAlerts, entries] = await Promise.all([
    parts.acts.standings(scope, ruleset),
    parts.acts.objections(scope, ruleset),
    readListReports(parts.reader, scope, project.ruleSet, quarterOf(today)),
    readListReports(parts.reader, scope, project.ruleSet, ended),
    openPushRows(locals, scene),
    readAlerts(parts.reader, scope, { at, topic: kafkaBrokers.length > 0 ? kafkaTopic : undefined, dataDir }),
    countRiskAlerts(parts.reader, scope),
    listEntries(locals, scene, 'office_entries', {
      types: ['mark.awarded', 'meeting.held', 'material.due', 'outage.declared', 'quarter_list.submitted'],
      formTypes: ['meeting.attended', 'material.submitted', 'event.voided', 'push.claimed', 'push.outcome_fed_back'],
      limit: RECENT,
    }),
  ]);
  return {
    today,
    at: at.getTime(),
    standings: newest(standings).map((standing) => ({ ...standingView(standing), since: sinceOf(standing) })),
    objections: waitingObjections(locals, scene, objections),
    reports: [
      { quarter: ended, over: true, ...missingLists(scene, last) },
      { quarter: quarterOf(today), over: false, ...missingLists(scene, running) },
    ],
    ...openPushesByUnit(scene, pushes),
    alerts,
    riskAlerts: waitingAlerts(riskAlerts),
    entries,
  };
}

export type OfficeDesk = Awaited<ReturnType<typeof officeDesk>>;

/** The newest of each type, in their order. */
function newest(standings: readonly QuarterStanding[]): QuarterStanding[] {
  const left = { ...NEWEST };
  return standings.filter(({ quarter }) => left[parsePeriod(quarter)?.type ?? 'quarter']-- > 0);
}

/** Since when it stands there: the day after what it waited for; null where it waits, or nobody can say. */
function sinceOf({ stage, cutoff, window }: QuarterStanding): string | null {
  if (stage === 'window') return window?.shownOn ?? null;
  if (stage !== 'draft' && stage !== 'ready') return null;
  const last = [cutoff, window?.until]
    .filter((day) => day != null)
    .sort()
    .at(-1);
  return last ? addDays(last, 1) : null;
}

function missingLists({ units }: EntryScene, found: readonly ListReport[]) {
  const missing = found.filter(({ report }) => !report);
  const byUnit = [...Map.groupBy(missing, ({ unit }) => unit)];
  return {
    owed: found.length,
    missing: missing.length,
    units: byUnit.map(([unit, lists]) => ({
      unit,
      name: unitName(units, unit),
      kinds: lists.map(({ kind }) => kind),
    })),
  };
}

function waitingObjections({ locale }: App.Locals, scene: EntryScene, objections: readonly Objection[]) {
  const plain = unitCalendar(scene.project.calendar, [], null);
  const { items } = entryNames(scene);
  const named = (id: string) => {
    const item = items.find((one) => one.item === id);
    return item ? itemName(locale, item) : id;
  };
  return objections
    .filter(({ state }) => state === 'open')
    .map(({ objectionId, quarter, unit, item, answerUntil }) => ({
      objectionId,
      quarter,
      unit: unitName(scene.units, unit),
      item: named(item),
      left: answerUntil === null ? null : workdaysLeft(plain, scene.today, answerUntil),
    }));
}

const waitingAlerts = (counts: readonly AlertCount[]) =>
  counts.flatMap(({ state, alerts }) => (state === 'disposed' ? [] : [{ state, alerts }]));

/** Overdue ones counted, the unit with most first; returns that nobody has confirmed. */
function openPushesByUnit({ units }: EntryScene, pushes: readonly PushRow[]) {
  const overdue = pushes.filter(({ left }) => left !== null && left < 0);
  return {
    overdue: [...Map.groupBy(overdue, ({ unit }) => unit)]
      .map(([unit, rows]) => ({ unit, name: unitName(units, unit), n: rows.length, oldest: rows[0]?.due ?? '' }))
      .sort((a, b) => b.n - a.n),
    returns: pushes
      .filter(({ returned, step }) => returned && step === 'claim')
      .slice(0, RETURNS)
      .map(({ unit, ...row }) => ({ ...row, unit: unitName(units, unit) })),
  };
}
