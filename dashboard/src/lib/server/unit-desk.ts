/** A unit's own desk: what is due, what it would bring, its score so far, what it was reminded of. */
import { addDays } from '@hengjian/models/calendar/day.ts';
import { unitCalendar, workdaysLeft } from '@hengjian/models/calendar/unit-workdays.ts';
import { readEntries } from '@hengjian/models/queries/read-entries.ts';
import { readListReports } from '@hengjian/models/queries/read-list-reports.ts';
import { readOpenRows } from '@hengjian/models/queries/read-open-rows.ts';
import { readOutages } from '@hengjian/models/queries/read-outages.ts';
import { readReminders } from '@hengjian/models/queries/read-reminders.ts';
import { readSubjectNames } from '@hengjian/models/queries/read-subject-names.ts';
import { readRiskAlerts } from '@hengjian/models/risk/queries/read-risk-alerts.ts';
import { hasWorkdayLimit } from '@hengjian/models/ruleset/has-workday-limit.ts';
import { addressOf, type DeskRow, DUE_GROUPS, groupOf } from '#lib/desk/desk-row.ts';
import { itemName } from '#lib/i18n/item-name.ts';
import { alertRows } from '#lib/risk/alert-rows.ts';
import { areaNames } from './area-names.ts';
import type { EntryScene } from './entry-scene.ts';
import { listEntries } from './list-entries.ts';
import { openQuarters } from './open-quarters.ts';

/** More than anybody reads on a page; the rest is counted, and stands in the items. */
const ROWS = 300;
const REMINDER_DAYS = 14;
const RECENT = 10;
const ALERTS = 20;
/** Forms by which a row of the desk is done. */
const DOING = ['push.claimed', 'push.outcome_fed_back', 'material.submitted'];

export async function unitDesk(locals: App.Locals, scene: EntryScene, unit: string) {
  const { parts, ruleset, figures } = locals;
  const scope = { ...locals.scope, units: [unit] };
  const own = { ...locals, scope } as App.Locals;
  const { today } = scene;
  const scored = (await figures.quarters()).map(({ quarter }) => quarter);
  const open = (await openQuarters(locals, today)).filter((quarter) => scored.includes(quarter));
  const [{ rows, total }, reminders, alerts, entries, lists, score] = await Promise.all([
    deskRows(own, scene, open),
    readReminders(parts.reader, scope, addDays(today, -REMINDER_DAYS), ROWS),
    readRiskAlerts(parts.reader, scope, { state: 'assigned', unit, limit: ALERTS }),
    listEntries(own, scene, 'unit_entries', { types: ['quarter_list.submitted'], formTypes: DOING, limit: RECENT }),
    Promise.all(
      open.map(async (quarter) => ({
        quarter,
        lists: (await readListReports(parts.reader, scope, scene.project.ruleSet, quarter)).map(({ kind, report }) => ({
          kind,
          sent: report !== undefined,
        })),
      })),
    ),
    scoreOf(locals, open[0], unit),
  ]);
  const groups = DUE_GROUPS.map((group) => ({ group, rows: rows.filter(({ due }) => groupOf(due, today) === group) }));
  return {
    ruleset,
    unit,
    today,
    open,
    groups,
    shown: rows.length,
    total,
    reminders,
    alerts: alertRows(own, scene, areaNames(locals), alerts),
    entries,
    lists,
    score,
  };
}

export type UnitDesk = Awaited<ReturnType<typeof unitDesk>>;

/** As of the last refresh; what was done since is marked. */
async function deskRows(
  { parts, scope, ruleset, locale }: App.Locals,
  { project, today }: EntryScene,
  quarters: readonly string[],
): Promise<{ rows: DeskRow[]; total: number }> {
  const [{ rows, total }, outages, doing] = await Promise.all([
    readOpenRows(parts.figures, scope, ruleset, quarters, ROWS),
    readOutages(parts.reader),
    readEntries(parts.reader, scope, 'unit_entries', ruleset, { types: [], formTypes: DOING, limit: ROWS }),
  ]);
  const names = await readSubjectNames(
    scope,
    parts.reader,
    rows.map(({ subject }) => subject),
  );
  const done = new Set(
    doing
      .filter(({ counted, voided }) => !counted && !voided)
      .map(({ data }) => String(data.push_id ?? data.obligation_id)),
  );
  const rules = parts.standingRules(ruleset);
  const shown = rows.map((row): DeskRow => {
    const calendar = unitCalendar(project.calendar, outages, row.unit);
    return {
      unit: row.unit,
      quarter: row.quarter,
      item: row.item,
      itemName: itemName(locale, { item: row.item, name: row.item_name, name_en: row.item_name_en }),
      kind: row.kind,
      key: row.key,
      subject: row.subject,
      name: names.get(row.subject.toUpperCase()) ?? '',
      due: row.due,
      timed: hasWorkdayLimit(rules, row.item, row.kind),
      left: row.due === null ? null : workdaysLeft(calendar, today, row.due),
      clause: row.clause,
      points: row.points,
      waiting: done.has(row.key),
      href: addressOf(row),
    };
  });
  return { rows: shown, total };
}

async function scoreOf({ figures }: App.Locals, quarter: string | undefined, unit: string) {
  if (quarter === undefined) return undefined;
  const answer = await figures.scores(quarter);
  const found = answer.ok ? answer.value.units.find((one) => one.unit === unit) : undefined;
  if (!found) return undefined;
  // Without points there is no total: how many items leave something to do.
  const due = found.items.filter(({ denominator }) => (denominator ?? 0) > 0);
  const behind = due.filter(({ numerator, denominator, on_time }) => (on_time ?? numerator ?? 0) < denominator!);
  return { quarter, total: found.total, rank: found.rank, due: due.length, behind: behind.length };
}
