/** What every page of entries needs: who may enter here, for which units, and what they are called. */

import { OFFICE_UNIT } from '@hengjian/contract/office-unit.ts';
import { may, type Resource } from '@hengjian/contract/permissions.ts';
import { reachOf } from '@hengjian/contract/reach.ts';
import type { Project } from '@hengjian/models/runner/project.ts';
import { error } from '@sveltejs/kit';
import type { UnitName } from '#lib/entries/unit-name.ts';
import { translate } from '#lib/i18n/translate.ts';
import { judgingDay } from '#lib/quarter/judging-day.ts';
import { departmentNames } from './department-names.ts';

export interface EntryScene {
  project: Project;
  /** Local day. */
  today: string;
  /** Of the rule set, in its order. */
  units: UnitName[];
  /** What departments are called, whatever rule set they are of. */
  names: UnitName[];
  /** Those that this account may act for. */
  own: UnitName[];
  /** Those that acts of the office may be about when this account enters them. */
  reach: UnitName[];
  /** What it enters may stand before a cut-off that is past: of the office's own account, which answers for all units. */
  mayDateBack: boolean;
  mayWrite: boolean;
  /** May also do what only the office does. */
  isOffice: boolean;
  /** Department of the acts of the office: its own, or that of an account that is limited to units. */
  officeUnit: string;
}

/** @throws 403 where a limit of the account (to areas) leaves nothing of it */
export function entryScene(locals: App.Locals, resource: Resource): EntryScene {
  const { scope, locale, parts } = locals;
  if (!may(scope, resource)) error(403, translate(locale, 'entries.forbidden'));
  const reach = reachOf(scope);
  const project = parts.acts.project(locals.ruleset);
  const units = project.ruleSet.data.units.map(({ id, name, en }) => ({
    id,
    name: (locale === 'en' && en) || name,
  }));
  return {
    project,
    today: judgingDay(null, new Date()),
    units,
    names: departmentNames(locals),
    own: units.filter(({ id }) => scope.units === 'all' || scope.units.includes(id)),
    reach: units.filter(({ id }) => reach === 'all' || reach.includes(id)),
    mayDateBack: reach === 'all',
    mayWrite: may(scope, resource, 'write'),
    isOffice: may(scope, 'office_entries', 'write'),
    officeUnit: scope.units === 'all' || scope.units.includes(OFFICE_UNIT) ? OFFICE_UNIT : (scope.units[0] ?? ''),
  };
}

/** The moment of a day that somebody names: now where it is today, else at an hour of the office. RFC 3339. */
export function momentOn(day: string, today: string, hour: string): string {
  return day === today || day === '' ? new Date().toISOString() : `${day}T${hour}:00+08:00`;
}
