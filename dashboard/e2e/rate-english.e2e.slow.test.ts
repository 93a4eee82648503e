/** Every page of a rule set without points, in English. */
import type { CityId } from '@hengjian/generator';
import { findRuleSet } from '@hengjian/models/ruleset/load-rule-sets.ts';
import { ratePages } from '@hengjian/models/ruleset/rate-pages.ts';
import type { Warehouse } from '@hengjian/warehouse';
import { describe, expect, test } from 'vitest';
import { fillCity } from './fill-city.ts';
import { office } from './harness.ts';
import { chineseLeft } from './page-findings.ts';
import { sharedDashboard } from './shared-dashboard.ts';
import { snapshot } from './snapshot.ts';

const QUARTER = '2025Q2';
const PUBLISHED = '2025Q1';

describe.each<CityId>(['national'])('%s', (city) => {
  const dashboard = sharedDashboard((warehouse) => fillCity(warehouse, city), {
    environment: { HENGJIAN_RULESET: city },
  });

  test('in English nothing but names and quoted clauses is Chinese', async () => {
    const page = await dashboard.page({ account: office, locale: 'en' });
    const quoted = await quotedTexts(dashboard.warehouse, city);
    // The registry has each name in each language.
    const named = findRuleSet(city).data.units.flatMap(({ name, aliases = [] }) => [name, ...aliases]);
    const findings: string[] = [];
    for (const [name, address] of await addressesOf(dashboard.warehouse, city)) {
      await page.goto(address);
      findings.push(
        ...(await chineseLeft(page, name === 'registries' ? [...quoted, ...named] : quoted)).map(
          (one) => `${address}: ${one}`,
        ),
      );
      await snapshot(page, `${city}-${name}-en`);
    }
    expect(findings).toEqual([]);
  }, 300_000);
});

/** Name of the picture and address of each page that the rule set has. */
async function addressesOf(warehouse: Warehouse, city: CityId): Promise<[string, string][]> {
  const [lost] = await warehouse.query<{ unit: string; item: string; kind: string }>(
    `SELECT unit, item, kind FROM shown_lost_points WHERE ruleset = {city:String} AND quarter = {quarter:String}
     GROUP BY unit, item, kind ORDER BY count() DESC, unit, item LIMIT 1`,
    { city, quarter: QUARTER },
  );
  if (!lost) throw new Error(`${city} has lost nothing`);
  const { unit, item, kind } = lost;
  const pages = ratePages(findRuleSet(city));
  const of = (path: string) => `${path}?quarter=${QUARTER}`;
  const places: [string, string][] = pages.includes('places') ? await placesOf(warehouse, city) : [];
  return [
    ['ranking', of('/')],
    ['ranking-intervals', `${of('/')}&show=intervals&sort=${item}`],
    ['published', `/?quarter=${PUBLISHED}`],
    ['unit', of(`/units/${unit}`)],
    ['item', of(`/units/${unit}/${item}`)],
    ['item-kind', `${of(`/units/${unit}/${item}`)}&kind=${kind}`],
    ['funnel', of('/funnel')],
    ['heat', of('/heat')],
    ...pages.map((page): [string, string] => [page, of(`/${page}`)]),
    ...places,
    ['reconciliation', of('/reconciliation')],
    ['rules', '/rules'],
    ['whatif', '/rules/whatif'],
    ['publications', '/publications'],
    ['publication', `/publications/${PUBLISHED}`],
    ['circular', `/publications/${PUBLISHED}/circular`],
    ['desk', '/desk'],
    ['desk-unit', `/desk?unit=${unit}`],
    ['objections', `/objections?quarter=${PUBLISHED}`],
    ['registries', '/registries'],
  ];
}

/** The way from a county down to its records. */
async function placesOf(warehouse: Warehouse, city: CityId): Promise<[string, string][]> {
  const items = findRuleSet(city).data.tables?.flatMap(({ items: some }) => some) ?? [];
  const [row] = await warehouse.query<{ unit: string; item: string; region: string }>(
    `SELECT s.unit AS unit, s.item AS item FROM mart_item_scores AS s
     WHERE s.ruleset = {city:String} AND s.quarter = {quarter:String} AND has({items:Array(String)}, toString(s.item)) AND s.denominator > 0
     ORDER BY s.denominator DESC, unit LIMIT 1`,
    { city, quarter: QUARTER, items },
  );
  if (!row) throw new Error(`${city} has no place with anything due`);
  const place = `/places/${encodeURIComponent(row.unit)}?quarter=${QUARTER}`;
  return [
    ['place', place],
    ['place-records', `${place}&item=${row.item}`],
    ['place-none', `${place}&township=none&item=${row.item}`],
  ];
}

/** Texts that stay as they are in every language: names of documents, places and firms, clauses word for word. */
async function quotedTexts(warehouse: Warehouse, city: CityId): Promise<string[]> {
  const { data } = findRuleSet(city);
  const firms = await warehouse.query<{ name: string }>(
    "SELECT DISTINCT JSONExtractString(data, 'name') AS name FROM events WHERE type = 'entity.registered'",
  );
  const keys = await warehouse.query<{ key: string }>('SELECT DISTINCT key FROM shown_lost_points');
  return [
    ...stringsOf(data, ['clause', 'source', 'zh']),
    ...firms.map(({ name }) => name),
    ...keys.map(({ key }) => key),
    // The form of a number that an office gives its circulars.
    '通联席办〔2025〕7号',
  ];
}

/** Every text under one of the names, however deep. */
function stringsOf(value: unknown, names: readonly string[], own = false): string[] {
  if (typeof value === 'string') return own ? [value] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) =>
    stringsOf(inner, names, Array.isArray(value) ? own : names.includes(name)),
  );
}
