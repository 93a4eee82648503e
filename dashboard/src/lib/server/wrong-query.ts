import { visibleLine } from '@hengjian/contract/visible-text.ts';
import type { RouteId } from '$app/types';
import { name, type QueryForm, type Worded } from './query-forms.ts';
import { routeQueries } from './route-queries.ts';

export interface WrongQuery {
  /** Of the parameter. */
  name: string;
  /** What came, cut and with what cannot be seen as escapes; undefined where the parameter came several times. */
  value: string | undefined;
  /** What it may be. */
  is: Worded;
}

const SHOWN = 40;

/** The parameters of a route, with that which every route has. */
export function queryOf(route: string): Readonly<Record<string, QueryForm>> {
  const own = Object.hasOwn(routeQueries, route) ? routeQueries[route as RouteId] : {};
  return { ruleset: name, ...own };
}

/**
 * The first parameter of an address that the route cannot read. Empty ones count as absent, as forms send them; what the
 * route does not know means nothing to it; one that comes twice is refused, since nobody can say which of them was meant.
 */
export function wrongQuery(route: string, params: URLSearchParams): WrongQuery | undefined {
  const declared = queryOf(route);
  const seen = new Set<string>();
  for (const [name, value] of params) {
    const form = Object.hasOwn(declared, name) ? declared[name]! : undefined;
    if (!form) continue;
    if (seen.has(name) && !form.several) return { name, value: undefined, is: form.is };
    seen.add(name);
    if (value !== '' && !form.fits(value)) return { name, value: shown(value), is: form.is };
  }
  return undefined;
}

function shown(value: string): string {
  const signs = [...value];
  return visibleLine(signs.slice(0, SHOWN).join('')) + (signs.length > SHOWN ? '…' : '');
}
