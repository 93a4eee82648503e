/** For browser tests: where a rule set without points has pages, in a log of `fillCity`. */
import { CITY_IDS, type CityId } from '@hengjian/generator';
import { findRuleSet } from '@hengjian/models/ruleset/load-rule-sets.ts';
import { ratePages } from '@hengjian/models/ruleset/rate-pages.ts';
import type { Warehouse } from '@hengjian/warehouse';
import { SECTIONS } from '../src/lib/navigation/places.ts';

const QUARTER = '2025Q2';
const PUBLISHED = '2025Q1';
/** Sections that are the same under every rule set, but for names: each page of theirs is walked under one of the sets. */
const SHARED = new Set(['shell.section.entries', 'shell.section.draws', 'shell.section.data', 'shell.section.admin']);

/** Under these the first quarter is published: that takes as long as building it. */
export const PUBLISHED_CITIES: readonly CityId[] = ['baoshan'];

/** Of inspectors and of who audits. */
const OTHERS = new Set(['/tasks', '/admin/log']);

/** Name of the picture and address of each page. */
export async function rateAddresses(warehouse: Warehouse, city: CityId): Promise<[string, string][]> {
  const { unit, item, kind, subject } = await mostLost(warehouse, city);
  const pages = ratePages(findRuleSet(city));
  const here = (path: string) => `${path}${path.includes('?') ? '&' : '?'}ruleset=${city}`;
  const of = (path: string) => here(`${path}?quarter=${QUARTER}`);
  return [
    ['ranking', of('/')],
    ['ranking-intervals', `${of('/')}&show=intervals&sort=${item}`],
    ['before', here(`/?quarter=${PUBLISHED}`)],
    ['unit', of(`/units/${unit}`)],
    ['item', of(`/units/${unit}/${item}`)],
    ['item-kind', `${of(`/units/${unit}/${item}`)}&kind=${kind}&row=1`],
    ['objection', of(`/units/${unit}/${item}/objection`)],
    ...pages.map((page): [string, string] => [page, of(`/${page}`)]),
    ...(pages.includes('places') ? await placesOf(warehouse, city, of) : []),
    ['reconciliation', of('/reconciliation')],
    ['rules', here('/rules')],
    ['whatif', here('/rules/whatif')],
    ['publications', here('/publications')],
    ['publication', here(`/publications/${PUBLISHED}`)],
    ...(PUBLISHED_CITIES.includes(city)
      ? [['circular', here(`/publications/${PUBLISHED}/circular`)] satisfies [string, string]]
      : []),
    ['desk', here('/desk')],
    ['desk-unit', here(`/desk?unit=${unit}`)],
    ['objections', here(`/objections?quarter=${PUBLISHED}`)],
    ['registries', here('/registries')],
    ['heat', of('/heat')],
    ['heat-unit', `${of('/heat')}&unit=${unit}`],
    ['risk', here('/risk')],
    ['subject', here(`/subjects/${subject}`)],
    ...sharedPages(city).map(({ name, href }): [string, string] => [name, here(href)]),
  ];
}

/** Of the menu what is the same under every rule set: a quarter of it for each. */
function sharedPages(city: CityId): { name: string; href: string }[] {
  return SECTIONS.filter(({ key }) => SHARED.has(key))
    .flatMap(({ places }) => places)
    .filter(({ href }) => !OTHERS.has(href))
    .filter((_, n) => n % CITY_IDS.length === CITY_IDS.indexOf(city))
    .map(({ href }) => ({ name: href.slice(1).replaceAll('/', '-'), href }));
}

interface Lost {
  unit: string;
  item: string;
  kind: string;
  subject: string;
}

/** Where most was missed: pages with the most on them. */
async function mostLost(warehouse: Warehouse, city: CityId): Promise<Lost> {
  const [lost] = await warehouse.query<Lost>(
    `SELECT unit, item, kind, max(l.subject) AS subject FROM shown_lost_points AS l
     WHERE ruleset = {city:String} AND quarter = {quarter:String} AND l.subject != ''
     GROUP BY unit, item, kind ORDER BY count() DESC, unit, item LIMIT 1`,
    { city, quarter: QUARTER },
  );
  if (!lost) throw new Error(`${city} has lost nothing`);
  return lost;
}

/** The way from a county down to its records. */
async function placesOf(warehouse: Warehouse, city: CityId, of: (path: string) => string): Promise<[string, string][]> {
  const items = findRuleSet(city).data.tables?.flatMap(({ items: some }) => some) ?? [];
  const [row] = await warehouse.query<{ unit: string; item: string; area: string }>(
    `SELECT CAST(unit AS String) AS unit, CAST(item AS String) AS item, max(CAST(area AS String)) AS area FROM shown_place_rows
     WHERE ruleset = {city:String} AND quarter = {quarter:String} AND has({items:Array(String)}, toString(item))
     GROUP BY unit, item ORDER BY uniqExact(department) DESC, count() DESC, unit LIMIT 1`,
    { city, quarter: QUARTER, items },
  );
  if (!row) throw new Error(`${city} has no place with anything due`);
  const place = of(`/places/${encodeURIComponent(row.unit)}`);
  return [
    ['place', place],
    ['place-records', `${place}&township=${row.area}&item=${row.item}`],
    ['place-none', `${place}&township=none&item=${row.item}`],
  ];
}
