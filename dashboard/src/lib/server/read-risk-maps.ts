/** What the page of risk maps shows, put together: names, steps of the classes, links for those who may follow them. */
import { may } from '@hengjian/contract/permissions.ts';
import { type AreaNames, loadAreas } from '@hengjian/models/areas/load-areas.ts';
import { readRows } from '@hengjian/models/queries/statement.ts';
import { currentMonth } from '@hengjian/models/risk/current-month.ts';
import { loadIndicators } from '@hengjian/models/risk/indicators/load-indicators.ts';
import { type DrawnFindingRate, drawnFindingRate } from '@hengjian/models/risk/maps/drawn-finding-rate.ts';
import { type FindingRate, type FindingRates, findingRates } from '@hengjian/models/risk/maps/finding-rates.ts';
import { readDrawnFindings } from '@hengjian/models/risk/maps/read-drawn-findings.ts';
import { readDrawnStrata } from '@hengjian/models/risk/maps/read-drawn-strata.ts';
import { readFindingStrata } from '@hengjian/models/risk/maps/read-finding-strata.ts';
import { readRiskCells, SMALLEST_CELL } from '@hengjian/models/risk/maps/read-risk-cells.ts';
import { readViolations } from '@hengjian/models/risk/maps/read-violations.ts';
import { roundedRates, wholePercent } from '@hengjian/models/risk/maps/rounded-rates.ts';
import { type TierShare, tierShares } from '@hengjian/models/risk/maps/tier-shares.ts';
import { withoutSmallCells } from '@hengjian/models/risk/maps/without-small-cells.ts';
import { builtMonths } from '@hengjian/models/risk/queries/built-months.ts';
import { monthBefore, parseMonth } from '@hengjian/models/risk/risk-month.ts';
import { classOf } from '@hengjian/models/stats/class-of.ts';
import { seriesClasses } from '@hengjian/models/stats/series-classes.ts';
import { placeTiles } from '#lib/risk/place-tiles.ts';
import { areaNames, namesOf } from './area-names.ts';

/** Months shown, the running one among them. */
const MONTHS = 13;

/** A share with its class: 0 nothing to show, 1 zero, from 2 on the class. */
export interface MapShare extends TierShare {
  step: number;
}

/** Without the effective number: by it and the weights one reads in a cell of two whose tier was which. */
export type ShownRate = Omit<FindingRate, 'effective'>;

export interface RiskMaps {
  /** Latest first. */
  months: string[];
  month: string;
  /** The alphabet of tiers, from low to high, and those that are counted. */
  tiers: string[];
  counted: string[];
  mode: 'rate' | 'count';
  classes: { area: number[]; cell: number[] };
  areas: MapShare[];
  cells: MapShare[];
  names: Record<string, string>;
  tiles: { code: string; column: number; row: number }[];
  seesSubjects: boolean;
  /** Weights by tier only for who may see the tier of a single subject. */
  findings: Omit<FindingRates, 'cells'> & {
    cells: ShownRate[];
    classes: number[];
    from: string;
    to: string;
    /** Of verifiable draws alone, by their exact probabilities; undefined without any, or where it would tell a tier. */
    drawn: Omit<DrawnFindingRate, 'effective'> | undefined;
  };
  violations: Awaited<ReturnType<typeof violationsOf>>;
}

/** undefined where no tiers were made yet. */
export async function readRiskMaps(locals: App.Locals, query: URLSearchParams): Promise<RiskMaps | undefined> {
  const { parts, scope } = locals;
  const months = (await builtMonths(parts.reader)).slice(0, MONTHS);
  const month = months.find((known) => known === query.get('month')) ?? months[0];
  if (!month) return undefined;
  const { tiers } = loadIndicators(parts.environment.dataDir);
  const asked = tiers.find((tier) => tier === query.get('tier'));
  // The upper half of the alphabet: C and D of four.
  const counted = asked ? [asked] : tiers.slice(Math.ceil(tiers.length / 2));
  const mode = query.get('mode') === 'count' ? 'count' : 'rate';
  const rows = await readRows(parts.reader, readRiskCells(scope, months));
  const [areas, cells] = (['area', 'cell'] as const).map((by) => classed(tierShares(rows, counted, by), mode)) as [
    Classed,
    Classed,
  ];
  const codes = [...new Set(rows.map(({ area }) => area))];
  const findings = await findingsOf(locals, months);
  return {
    months,
    month,
    tiers,
    counted,
    mode,
    classes: { area: areas.classes, cell: cells.classes },
    areas: areas.rows,
    cells: cells.rows.filter((row) => row.month === month),
    names: namesOf([...codes, ...findings.cells.map(({ area }) => area)], areaNames(locals)),
    tiles: placeTiles(codes, tilesOf(loadAreas(parts.environment.dataDir))),
    seesSubjects: may(scope, 'tiers'),
    findings,
    violations: await violationsOf(locals, findings),
  };
}

interface Classed {
  classes: number[];
  rows: MapShare[];
}

function classed(rows: TierShare[], mode: 'rate' | 'count'): Classed {
  const shownOf = (row: TierShare) => (row.share === null ? null : mode === 'count' ? row.counted : row.share);
  const classes = seriesClasses(rows.map((row) => ({ value: shownOf(row), base: row.subjects })));
  return { classes, rows: rows.map((row) => ({ ...row, step: stepOf(shownOf(row), classes) })) };
}

export const stepOf = (value: number | null, classes: readonly number[]): number =>
  value === null ? 0 : value > 0 ? 1 + classOf(value, classes) : 1;

/** By the weights of a few visits one reads whose tier was which: less than these are not shown to who may see no tier. */
const FEWEST_DRAWN = 30;

async function drawnOf(
  reader: App.Locals['parts']['reader'],
  scope: App.Locals['scope'],
  pairs: readonly { month: string }[],
): Promise<Omit<DrawnFindingRate, 'effective'> | undefined> {
  const [last, first] = [pairs[0], pairs.at(-1)];
  if (!first || !last) return undefined;
  const span = { from: `${first.month}-01`, to: parseMonth(last.month)!.end };
  const rate = drawnFindingRate(await readDrawnFindings(reader, scope, span));
  if (!rate) return undefined;
  const { effective: _, ...shown } = rate;
  if (may(scope, 'tiers')) return shown;
  const few = (visits: number) => visits > 0 && visits < SMALLEST_CELL;
  if (rate.inspected < FEWEST_DRAWN || few(rate.found) || few(rate.inspected - rate.found)) return undefined;
  const { rate: exact, lower, upper } = shown;
  return { ...shown, rate: wholePercent(exact), lower: wholePercent(lower), upper: wholePercent(upper) };
}

/**
 * Over all months whose month before has tiers too: one scale, whatever month is looked at. Who may see no tier gets months that are over:
 * of the running one, the difference between yesterday's rate and today's is the weight of a visit, and so its tier.
 */
async function findingsOf({ parts, scope }: App.Locals, months: readonly string[]): Promise<RiskMaps['findings']> {
  const seesTiers = may(scope, 'tiers');
  const running = currentMonth().id;
  const pairs = months
    .filter((month) => seesTiers || month < running)
    .map((month) => ({ month, before: monthBefore(parseMonth(month)!).id }))
    .filter(({ before }) => months.includes(before));
  const [strata, visits] = await Promise.all([
    readRows(parts.reader, readFindingStrata(scope, pairs)),
    readDrawnStrata(parts.reader, scope, pairs),
  ]);
  const rates = seesTiers
    ? findingRates(strata, visits)
    : roundedRates(findingRates(withoutSmallCells(strata, SMALLEST_CELL), visits));
  const classes = seriesClasses(rates.cells.map(({ shrunk, inspected }) => ({ value: shrunk, base: inspected })));
  const cells = rates.cells.map(({ effective: _, ...cell }): ShownRate => cell);
  const drawn = await drawnOf(parts.reader, scope, pairs);
  return { ...rates, cells, classes, drawn, from: pairs.at(-1)?.month ?? '', to: pairs[0]?.month ?? '' };
}

/** The three most frequent of each industry and season, with all results as the base. */
async function violationsOf({ parts, scope }: App.Locals, { from, to }: { from: string; to: string }) {
  if (!from) return [];
  const rows = await readRows(parts.reader, readViolations(scope, { from: `${from}-01`, to: parseMonth(to)!.end }));
  return [...Map.groupBy(rows, ({ industry }) => industry)].map(([industry, own]) => ({
    industry,
    seasons: [1, 2, 3, 4].map((season) => {
      const [all, ...found] = own.filter((row) => row.season === season);
      return { season, base: all?.inspections ?? 0, found: found.slice(0, 3) };
    }),
  }));
}

function tilesOf(names: AreaNames): Map<string, readonly [number, number]> {
  return new Map([...names].flatMap(([code, { tile }]) => (tile ? [[code, tile] as const] : [])));
}
