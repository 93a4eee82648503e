import { decide } from '#lib/server/access.ts';
import type { LayoutServerLoad } from './$types';

const places = [
  { href: '/', route: '/', key: 'shell.nav.ranking' },
  { href: '/funnel', route: '/funnel', key: 'shell.nav.funnel' },
  { href: '/heat', route: '/heat', key: 'shell.nav.heat' },
  { href: '/rules', route: '/rules', key: 'shell.nav.rules' },
  { href: '/stream', route: '/stream', key: 'shell.nav.stream' },
] as const;

/** What every page shows: who is signed in, where they may go, and the state of the data. */
export const load: LayoutServerLoad = async ({ locals, depends }) => {
  depends('hengjian:data');
  const { account, figures, locale, theme, parts } = locals;
  const nav = places.filter(({ route }) => account && decide(route, account) === 'granted');
  const ownUnit = account?.roles.includes('unit') && account.units.length === 1 ? account.units[0] : undefined;
  return {
    locale,
    theme,
    account: account && { name: account.name, roles: [...account.roles] },
    nav: nav.map(({ href, key }) => ({ href, key })),
    ownUnit,
    ruleset: locals.ruleset,
    ruleSets: account ? parts.ruleSets : [],
    refresh: account ? await figures.refreshState() : undefined,
  };
};
