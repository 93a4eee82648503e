import type { MessageKey } from '#lib/i18n/catalogue.ts';
import { linkTo } from '#lib/link-to.ts';
import { pathTo } from '#lib/path-to.ts';

interface NavSection {
  key: MessageKey;
  places: readonly { href: `/${string}`; key: MessageKey }[];
}

interface NavLink {
  key: MessageKey;
  /** What its pages begin with. */
  href: string;
  /** Where it leads. */
  link: string;
}

/** The menu of the present page: links keep the rule set that is read. Only in components. */
export function navLinks(sections: readonly NavSection[]): { key: MessageKey; places: NavLink[] }[] {
  return sections.map(({ key, places }) => ({
    key,
    places: places.map((place) => ({ key: place.key, href: pathTo(place.href), link: linkTo(place.href) })),
  }));
}
