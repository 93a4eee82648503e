import type { RatePage } from '@hengjian/models/ruleset/rate-pages.ts';
import type { RouteId } from '$app/types';

export interface Place {
  href: `/${string}`;
  route: RouteId;
  /** Text of the link. */
  key: string;
  /** Only under a rule set that has this page. */
  page?: RatePage;
}

interface Section {
  /** Text of the section's link where more than one of its places is open to somebody; else the place's own is used. */
  key: string;
  places: readonly Place[];
}

/** The main navigation: sections in the first row, the places of the present one in the second. Each shows what `access` opens. */
export const SECTIONS: readonly Section[] = [
  { key: 'shell.nav.desk', places: [{ href: '/desk', route: '/desk', key: 'shell.nav.desk' }] },
  {
    key: 'shell.section.entries',
    places: [
      { href: '/entries', route: '/entries', key: 'shell.nav.entries' },
      { href: '/entries/marks', route: '/entries/marks', key: 'entries.marks' },
      { href: '/entries/meetings', route: '/entries/meetings', key: 'entries.meetings' },
      { href: '/entries/materials', route: '/entries/materials', key: 'entries.materials' },
      { href: '/entries/outages', route: '/entries/outages', key: 'entries.outages' },
      { href: '/entries/voids', route: '/entries/voids', key: 'entries.voids' },
      { href: '/entries/lists', route: '/entries/lists', key: 'entries.lists' },
      { href: '/entries/pushes', route: '/entries/pushes', key: 'entries.pushes' },
      { href: '/import', route: '/import', key: 'shell.nav.import' },
    ],
  },
  {
    key: 'shell.section.scores',
    places: [
      { href: '/', route: '/', key: 'shell.nav.ranking' },
      { href: '/funnel', route: '/funnel', key: 'shell.nav.funnel', page: 'funnel' },
      { href: '/places', route: '/places', key: 'shell.nav.places', page: 'places' },
      { href: '/tableau', route: '/tableau', key: 'shell.nav.tableau', page: 'tableau' },
      { href: '/loop', route: '/loop', key: 'shell.nav.loop', page: 'loop' },
      { href: '/backfill', route: '/backfill', key: 'shell.nav.backfill', page: 'backfill' },
      { href: '/reconciliation', route: '/reconciliation', key: 'shell.nav.reconciliation' },
      { href: '/publications', route: '/publications', key: 'shell.nav.publications' },
      { href: '/objections', route: '/objections', key: 'shell.nav.objections' },
      { href: '/rules', route: '/rules', key: 'shell.nav.rules' },
      { href: '/registries', route: '/registries', key: 'shell.nav.registries' },
    ],
  },
  {
    key: 'shell.section.risk',
    places: [
      { href: '/heat', route: '/heat', key: 'shell.nav.heat' },
      { href: '/risk', route: '/risk', key: 'shell.nav.risk' },
      { href: '/risk/alerts', route: '/risk/alerts', key: 'shell.nav.risk_alerts' },
      { href: '/risk/subjects', route: '/risk/subjects', key: 'shell.nav.risk_subjects' },
      { href: '/risk/backtest', route: '/risk/backtest', key: 'shell.nav.backtest' },
      { href: '/subjects', route: '/subjects', key: 'shell.nav.subjects' },
    ],
  },
  {
    key: 'shell.section.draws',
    places: [
      { href: '/draws', route: '/draws', key: 'shell.nav.draws' },
      { href: '/draws/inspectors', route: '/draws/inspectors', key: 'shell.nav.inspectors' },
      { href: '/tasks', route: '/tasks', key: 'shell.nav.tasks' },
    ],
  },
  {
    key: 'shell.section.data',
    places: [{ href: '/stream', route: '/stream', key: 'shell.nav.stream' }],
  },
  {
    key: 'shell.section.admin',
    places: [
      { href: '/admin/accounts', route: '/admin/accounts', key: 'shell.nav.accounts' },
      { href: '/admin/keys', route: '/admin/keys', key: 'shell.nav.keys' },
      { href: '/admin/log', route: '/admin/log', key: 'shell.nav.log' },
    ],
  },
];

/** The place an address belongs to: the longest that begins it, on the border of a step. */
export function placeOf(pathname: string, places: readonly { href: string }[]): string | undefined {
  const begins = (href: string) => (href.endsWith('/') ? pathname === href : `${pathname}/`.startsWith(`${href}/`));
  return places
    .map(({ href }) => href)
    .filter(begins)
    .sort((a, b) => b.length - a.length)[0];
}
