/** Alerts as pages show them: names and sentences in the reader's language, days left, what the reader may do. */

import { OFFICE_UNIT } from '@hengjian/contract/office-unit.ts';
import { may } from '@hengjian/contract/permissions.ts';
import { unitCalendar, workdaysLeft } from '@hengjian/models/calendar/unit-workdays.ts';
import type { RiskAlert } from '@hengjian/models/risk/queries/read-risk-alerts.ts';
import { unitName } from '#lib/entries/unit-name.ts';
import { formatDay } from '#lib/i18n/format.ts';
import { translate } from '#lib/i18n/translate.ts';
import type { EntryScene } from '#lib/server/entry-scene.ts';
import { type AlertNames, alertReason, alertTitle } from './alert-words.ts';

type Scene = Pick<EntryScene, 'project' | 'today' | 'names' | 'own' | 'isOffice'>;

export function alertRows(
  { locale, scope }: App.Locals,
  scene: Scene,
  area: AlertNames['area'],
  alerts: readonly RiskAlert[],
) {
  const { project, today, own, isOffice } = scene;
  const unit = (id: string) => unitName(scene.names, id);
  const names = { area, unit };
  // A unit opens what it has dealt with itself.
  const dealtWith = (id: string) => scope.units === 'all' || scope.units.includes(id);
  return alerts.map((alert) => ({
    ...alert,
    title: alertTitle(locale, alert, names),
    reason: alertReason(locale, alert, names),
    raisedBy: alert.raised_by === OFFICE_UNIT ? '' : unit(alert.raised_by),
    unitName: alert.unit === '' ? '' : unit(alert.unit),
    left:
      alert.due_on === '' ? null : workdaysLeft(unitCalendar(project.calendar, [], alert.unit), today, alert.due_on),
    acts: alert.acts.map((act) => ({
      ...act,
      words:
        act.kind === 'disposed'
          ? translate(locale, 'risk.alerts.act.disposed', { unit: unit(act.unit), by: act.by })
          : translate(locale, act.due_on ? 'risk.alerts.act.assigned.due' : 'risk.alerts.act.assigned', {
              ...{ by: act.by, unit: unit(act.unit), day: act.due_on && formatDay(locale, act.due_on) },
            }),
    })),
    opens:
      may(scope, 'subjects') &&
      (scope.units === 'all' || (alert.found?.visits ?? []).some((visit) => dealtWith(visit.unit))),
    visits: (alert.found?.visits ?? []).map((visit) => ({
      ...visit,
      unitName: unit(visit.unit),
      opens: may(scope, 'draws') && dealtWith(visit.unit),
    })),
    mayAssign: isOffice,
    mayDispose:
      alert.state === 'assigned'
        ? own.some(({ id }) => id === alert.unit)
        : alert.state === 'open' && (isOffice || own.some(({ id }) => id === alert.raised_by)),
  }));
}

export type AlertRow = ReturnType<typeof alertRows>[number];
