import type { RouteId } from '$app/types';

/**
 * Routes whose answers are kept and tagged (answer-kept.ts): the whole answer to a GET, page, data request, JSON or file.
 * The default of a new route is: answered anew each time. A line here says that the answer depends on nothing but
 * - the address, the day in China, the build and the publications (the version of figures),
 * - roles, units and areas of the account, its rule set, language and theme,
 * - what areas are called,
 * - what units object to, where the route is among those of answer-key.ts that show it,
 * - the name of the account, and that only as a text to be shown: the answer is made with a stand-in for it.
 * So no cookies, no other headers, no moment of the day, nothing that an event changes before the next refresh, and no
 * query that is narrowed by the account's name. A page with a form does not belong here: it shows at once what was entered.
 */
export const KEPT_ROUTES: readonly RouteId[] = [
  '/',
  '/units/[unit]',
  '/units/[unit]/[item]',
  '/funnel',
  '/heat',
  '/places',
  '/places/[place]',
  '/tableau',
  '/loop',
  '/backfill',
  '/api/v1/quarters/[quarter]/scores',
  '/api/v1/quarters/[quarter]/scores.csv',
  '/api/v1/quarters/[quarter]/units/[unit]/items/[item]',
  '/api/v1/quarters/[quarter]/units/[unit]/items/[item]/lost.csv',
  '/api/v1/funnel',
  '/api/v1/heat/units',
  '/api/v1/heat/areas',
  '/api/v1/heat/months',
];

const kept = new Set<string>(KEPT_ROUTES);

export function isKept(routeId: string | null): boolean {
  return routeId !== null && kept.has(routeId);
}
