/**
 * Whose lists of stored events somebody may take away (contract §4): what a page does not show to a role, no list of it gives
 * either. Deny by default: a type or a family without a line here nobody lists.
 */
import { may, type Resource } from './permissions.ts';
import { eventFamilies } from './schema/event-types.ts';
import type { Scope } from './scope.ts';

/** Lists stand among the imports, and write the names of sole traders beside their codes: the one file with names, since a mask read back would be a correction. */
const ALWAYS: readonly Resource[] = ['imports', 'persons'];

/** What a unit does, or what is done for it. Of `risk` each type is named below, of `publications` nothing is listed. */
const BY_FAMILY: Readonly<Record<string, Resource>> = {
  'platform-use': 'unit_entries',
  registrations: 'subjects',
  pushes: 'unit_entries',
  entries: 'unit_entries',
  unlicensed: 'unit_entries',
  inspections: 'draws',
  lists: 'unit_entries',
  complaints: 'unit_entries',
  punishments: 'unit_entries',
  objections: 'unit_entries',
  meetings: 'unit_entries',
  office: 'unit_entries',
};

const BY_TYPE: Readonly<Record<string, Resource>> = {
  'inspector.registered': 'inspectors',
  'recusal.declared': 'inspectors',
  'risk.scored': 'tiers',
  'tier.changed': 'tiers',
  'risk.alert_raised': 'risk_alerts',
  'risk.alert_assigned': 'risk_alerts',
  'risk.disposed': 'risk_alerts',
  'risk.alert_disposed': 'risk_alerts',
};

let needed: ReadonlyMap<string, readonly Resource[]> | undefined;

/** By type of event; types that nobody lists are left out. */
function neededFor(): ReadonlyMap<string, readonly Resource[]> {
  needed ??= new Map(
    eventFamilies.flatMap(({ family, types }) =>
      types.flatMap(({ type, actor, ownSource }): [string, Resource[]][] => {
        const resource = BY_TYPE[type] ?? BY_FAMILY[family];
        if (!resource || actor === 'product') return [];
        // A void of one's own source is an act of everybody; a unit has none of the other acts of the office.
        const ofOffice = actor === 'office' && ownSource === undefined;
        return [[type, [...ALWAYS, resource, ...(ofOffice ? (['office_entries'] as const) : [])]]];
      }),
    ),
  );
  return needed;
}

/** Rows are narrowed to the units of the scope by whoever reads them. @param types of events that stand in the list */
export const mayList = (scope: Scope, types: readonly string[]): boolean =>
  types.length > 0 &&
  types.every(
    (type) =>
      neededFor()
        .get(type)
        ?.every((resource) => may(scope, resource)) ?? false,
  );
