import { isOfUnit } from '#accounts/account.ts';
import { SECTIONS } from '#lib/navigation/places.ts';
import { decide } from '#lib/server/access.ts';
import { areaNames } from '#lib/server/area-names.ts';
import type { LayoutServerLoad } from './$types';

/** What every page shows: who is signed in, where they may go, and the state of the data. */
export const load: LayoutServerLoad = async ({ locals, depends }) => {
  depends('hengjian:data');
  const { account, figures, locale, theme, parts } = locals;
  const pages = parts.ruleSets.find(({ id }) => id === locals.ruleset)?.pages ?? [];
  const nav = SECTIONS.flatMap(({ key, places }) => {
    const open = places.filter(
      ({ route, page }) => account && decide(route, account) === 'granted' && (!page || pages.includes(page)),
    );
    const [first] = open;
    if (!first) return [];
    return {
      key: open.length > 1 ? key : first.key,
      places: open.map((place) => ({ href: place.href, key: place.key })),
    };
  });
  const ownUnit = account && isOfUnit(account) && account.units.length === 1 ? account.units[0] : undefined;
  return {
    locale,
    theme,
    areas: account && locals.scope.areas !== 'all' ? locals.scope.areas.map(areaNames(locals)) : [],
    account: account && { name: account.name, roles: [...account.roles] },
    nav,
    ownUnit,
    ruleset: locals.ruleset,
    ruleSets: account ? parts.ruleSets : [],
    refresh: account ? await figures.refreshState() : undefined,
    waiting: account ? await figures.waitingEvents() : 0,
  };
};
