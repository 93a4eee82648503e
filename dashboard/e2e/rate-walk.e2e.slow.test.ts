/** Every page of the rule sets without points, as the office walks them: light, dark, on a phone, on paper, in English. */
import { CITY_IDS, type CityId, cityAreas } from '@hengjian/generator';
import { findRuleSet } from '@hengjian/models/ruleset/load-rule-sets.ts';
import { RATE_PAGES, ratePages } from '@hengjian/models/ruleset/rate-pages.ts';
import type { Warehouse } from '@hengjian/warehouse';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { fillCity } from './fill-city.ts';
import { office, seriousFindings, visit } from './harness.ts';
import { chineseLeft, tooWide, unreadable } from './page-findings.ts';
import { PUBLISHED_CITIES, rateAddresses } from './rate-addresses.ts';
import { sharedDashboard } from './shared-dashboard.ts';
import { snapshot } from './snapshot.ts';

/** Where axe looks: a page of each template, under the rule set that has most of them. */
const TEMPLATES: Partial<Record<CityId, readonly string[]>> = {
  baoshan: ['places', 'place-records'],
  national: ['tableau'],
};
/** Pages that show ids beside names, since they are about them. */
const SHOWS_IDS = new Set(['registries', 'import', 'admin-accounts', 'admin-keys']);

describe.each(CITY_IDS)('%s', (city) => {
  // A second one beside it, so that addresses name the rule set.
  const other = city === 'national' ? 'jieshou' : 'national';
  const dashboard = sharedDashboard(
    (warehouse, dataDir) => fillCity(warehouse, dataDir, city, PUBLISHED_CITIES.includes(city)),
    { environment: { HENGJIAN_RULESET: `${other},${city}` } },
  );

  test('light, dark, 390 px, print: nothing wider than the page, nothing refused, no code for a name', async () => {
    const page = await dashboard.page({ account: office });
    const findings = refusalsOf(page);
    for (const [name, address] of await rateAddresses(dashboard.warehouse, city)) {
      await page.emulateMedia({ media: 'screen', colorScheme: 'light' });
      await page.setViewportSize({ width: 1440, height: 900 });
      await page.goto(address);
      const note = (what: readonly string[]) => findings.push(...what.map((one) => `${address}: ${one}`));
      note(await unreadable(page, SHOWS_IDS.has(name) ? [] : codesOf(city, true)));
      note(await tooWide(page, '1440 px'));
      if (TEMPLATES[city]?.includes(name)) note(await seriousFindings(page));
      await snapshot(page, `${city}-${name}`);
      await page.emulateMedia({ media: 'screen', colorScheme: 'dark' });
      await snapshot(page, `${city}-${name}-dark`);
      await page.setViewportSize({ width: 390, height: 844 });
      note(await tooWide(page, '390 px'));
      await snapshot(page, `${city}-${name}-390`);
      // A4 on its side without margins, in the pixels of CSS.
      await page.setViewportSize({ width: 1032, height: 703 });
      await page.emulateMedia({ media: 'print', colorScheme: 'light' });
      note(await tooWide(page, 'print'));
      await snapshot(page, `${city}-${name}-print`);
    }
    expect(findings).toEqual([]);
  }, 400_000);

  test('in English nothing but names and quoted clauses is Chinese', async () => {
    const page = await dashboard.page({ account: office, locale: 'en' });
    const quoted = await quotedTexts(dashboard.warehouse, city);
    const findings = refusalsOf(page);
    for (const [name, address] of await rateAddresses(dashboard.warehouse, city)) {
      await page.goto(address);
      const left = await chineseLeft(page, name === 'registries' ? [...quoted, ...registeredNames(city)] : quoted);
      const odd = await unreadable(page, SHOWS_IDS.has(name) ? [] : codesOf(city, false));
      findings.push(...[...left, ...odd].map((one) => `${address}: ${one}`));
      await snapshot(page, `${city}-${name}-en`);
    }
    expect(findings).toEqual([]);
  }, 400_000);

  test('who reads the second rule set stays with it, wherever the menu leads', async () => {
    const page = await dashboard.page({ account: office });
    await visit(page, `/?quarter=2025Q2&ruleset=${city}`);
    for (const path of ['/rules', '/publications', '/heat', '/subjects', '/entries', '/']) {
      await page.locator(`header nav a[href^="${path}?"], nav.places a[href^="${path}?"]`).first().click();
      await page.waitForURL((url) => url.pathname === path && url.searchParams.get('ruleset') === city);
    }
  });

  test('a page that the rule set has no figures for says so, and leads on under the same rule set', async () => {
    const pages = ratePages(findRuleSet(city));
    const absent = RATE_PAGES.find((one) => !pages.includes(one))!;
    const page = await dashboard.page({ account: office });
    await page.goto(`/${absent}?ruleset=${city}`);
    expect(await page.locator('main').textContent()).toContain('没有规定这些指标');
    await page.locator('main a').click();
    await page.waitForURL((url) => url.pathname === '/' && url.searchParams.get('ruleset') === city);
    expect(await page.locator(`nav a[href*="/${absent}"]`).count()).toBe(0);
    expect(await page.locator(`nav a[href*="/${pages[0]}"]`).count()).toBe(1);
  });
});

/** Collects what the pages ask for and do not get. */
function refusalsOf(page: Page): string[] {
  const refused: string[] = [];
  page.on('response', (response) => {
    if (response.status() >= 400) refused.push(`${page.url()}: ${response.status()} from ${response.url()}`);
  });
  return refused;
}

/** Ids that have a name. @param items too: their ids are words of English */
function codesOf(city: CityId, items: boolean): string[] {
  const { data } = findRuleSet(city);
  return [
    ...data.units.flatMap(({ id, regions = [], departments = [] }) => [
      id,
      ...regions,
      ...departments.map((one) => one.id),
    ]),
    ...(items ? data.items.map(({ id }) => id) : []),
  ];
}

/** The registry has each name in each language. */
const registeredNames = (city: CityId): string[] => [
  ...findRuleSet(city).data.units.flatMap(({ name, aliases = [] }) => [name, ...aliases]),
  ...cityAreas(city).map(({ zh }) => zh),
];

/** Texts that stay as they are in every language: names of documents and firms, clauses word for word. */
async function quotedTexts(warehouse: Warehouse, city: CityId): Promise<string[]> {
  const firms = await warehouse.query<{ name: string }>(
    "SELECT DISTINCT JSONExtractString(data, 'name') AS name FROM events WHERE type = 'entity.registered'",
  );
  const keys = await warehouse.query<{ key: string }>('SELECT DISTINCT key FROM shown_lost_points');
  return [
    ...stringsOf(findRuleSet(city).data, ['clause', 'source', 'zh']),
    ...firms.map(({ name }) => name),
    ...keys.map(({ key }) => key),
    // What licences, penalties, reports and outages say.
    ...['核准', '罚款', '变更', '注销', '撤销', '撤回', '吊销', '通过登记的住所无法联系', '平台升级'],
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
