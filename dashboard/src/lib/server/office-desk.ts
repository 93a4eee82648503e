/** The office's desk: where the quarters stand, who has not sent a list, what waits for an answer, what is wrong. */
import { neighbour, quarterOf } from '@hengjian/models/calendar/quarter.ts';
import { readListReports } from '@hengjian/models/queries/read-list-reports.ts';
import { readAlerts } from '@hengjian/observe/alerts/read-alerts.ts';
import { unitName } from '#lib/entries/unit-name.ts';
import type { EntryScene } from './entry-scene.ts';
import { listEntries } from './list-entries.ts';
import { openPushRows } from './open-push-rows.ts';

const RECENT = 10;
const QUARTERS = 4;
const RETURNS = 20;

export async function officeDesk(locals: App.Locals, scene: EntryScene) {
  const { parts, scope, figures } = locals;
  const { today, units, project } = scene;
  const { kafkaBrokers, kafkaTopic, dataDir } = parts.environment;
  const at = new Date();
  const ended = neighbour(quarterOf(today), -1);
  const [quarters, running, last, pushes, alerts, entries] = await Promise.all([
    figures.quarters(),
    readListReports(parts.reader, scope, project.ruleSet, quarterOf(today)),
    readListReports(parts.reader, scope, project.ruleSet, ended),
    openPushRows(locals, scene),
    readAlerts(parts.reader, scope, { at, topic: kafkaBrokers.length > 0 ? kafkaTopic : undefined, dataDir }),
    listEntries(locals, scene, 'office_entries', {
      types: ['mark.awarded', 'meeting.held', 'material.due', 'outage.declared', 'quarter_list.submitted'],
      formTypes: ['meeting.attended', 'material.submitted', 'event.voided', 'push.claimed', 'push.outcome_fed_back'],
      limit: RECENT,
    }),
  ]);
  const reports = [
    { quarter: ended, over: true, found: last },
    { quarter: quarterOf(today), over: false, found: running },
  ].map(({ quarter, over, found }) => ({
    quarter,
    over,
    owed: found.length,
    missing: found
      .filter(({ report }) => !report)
      .map(({ unit, kind }) => ({ unit, name: unitName(units, unit), kind })),
  }));
  const byUnit = Map.groupBy(
    pushes.filter(({ left }) => left !== null && left < 0),
    ({ unit }) => unit,
  );
  return {
    today,
    at: at.getTime(),
    quarters: quarters
      .slice(0, QUARTERS)
      .map(({ quarter, status, cutoff }) => ({ quarter, status, cutoff, over: isOver(cutoff) })),
    reports,
    overdue: [...byUnit]
      .map(([unit, rows]) => ({ unit, name: unitName(units, unit), n: rows.length, oldest: rows[0]?.due ?? '' }))
      .sort((a, b) => b.n - a.n),
    returns: pushes
      .filter(({ returned, step }) => returned && step === 'claim')
      .slice(0, RETURNS)
      .map(({ unit, pushId, subject, name, due, left }) => ({
        unit: unitName(units, unit),
        pushId,
        subject,
        name,
        due,
        left,
      })),
    alerts,
    entries,
  };
}

export type OfficeDesk = Awaited<ReturnType<typeof officeDesk>>;

const isOver = (cutoff: string | null): boolean => cutoff !== null && Date.parse(cutoff) <= Date.now();
