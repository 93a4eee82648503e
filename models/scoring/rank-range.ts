/** Best and worst rank of each unit over all admissible readings of the rule: what an office should know before it publishes. */
import { setImmediate } from 'node:timers/promises';
import type { Warehouse } from '@hengjian/warehouse';
import Fraction from 'fraction.js';
import type { Quarter } from '../calendar/quarter.ts';
import type { ParameterValue } from '../ruleset/parameters.ts';
import { ruleSetOn, withParameters } from '../ruleset/rule-set.ts';
import type { Project } from '../runner/project.ts';
import { buildWhatIf } from '../runner/what-if.ts';
import { type Counts, countKey, type MeasureCounts, readMeasures, readParts } from './read-measures.ts';
import { allReadings, BUILDS, buildFor, neighboursOf, type Reading, readingOf } from './readings.ts';
import { scoreReading, type UnitFigures } from './score-reading.ts';

export interface RankRange {
  unit: string;
  best: number;
  worst: number;
  /** Lowest and highest total as reduced fractions. */
  lowest: string;
  highest: string;
  /** Rank and total under the parameters of the rule set itself. */
  rank: number;
  total: string;
  /** The one parameter that, read otherwise alone, moves the rank most, else the total; null where none moves either. */
  mover: RankMover | null;
}

export interface RankMover {
  parameter: string;
  /** Its other value. */
  value: ParameterValue;
  rank: number;
  /** Reduced fraction. */
  total: string;
}

export interface RangeResult {
  readings: number;
  units: RankRange[];
  /** Totals by unit of one reading, for checks. */
  totals(reading: Reading): Map<string, Fraction>;
}

const NOTHING: Counts = { due: 0, done: 0, onTime: 0 };

/**
 * The staged events must be up to date: `refresh` first.
 * @param asOf only events recorded up to this local wall time
 * @throws CalendarError, BuildError
 */
export async function rankRange(
  warehouse: Warehouse,
  project: Project,
  quarter: Quarter,
  asOf: string | null = null,
): Promise<RangeResult> {
  const { ruleSet } = project;
  const measures: MeasureCounts[] = [];
  let parts: Awaited<ReturnType<typeof readParts>> = [];
  for (const [i, reading] of BUILDS.entries()) {
    const built = await buildWhatIf(
      warehouse,
      { ...project, ruleSet: withParameters(ruleSet, { ...reading }) },
      quarter,
      {
        asOf,
        marts: i === 0 ? ['int_part_scores'] : ['int_measures'],
      },
    );
    try {
      measures.push(await readMeasures(built.warehouse));
      if (i === 0) parts = await readParts(built.warehouse);
    } finally {
      await built.drop();
    }
  }
  const byPart = new Map(
    parts.map(({ unit, item, part, share, done }) => [`${unit} ${item} ${part}`, { share: new Fraction(share), done }]),
  );
  const units = [...Map.groupBy(parts, ({ unit }) => unit)].map(([unit, own]) => {
    const held = new Set(own.map(({ item }) => item));
    return { unit, items: ruleSet.data.items.filter(({ id }) => held.has(id)) };
  });
  const totals = (reading: Reading) =>
    new Map(
      units.map(({ unit, items }) => {
        const figures: UnitFigures = {
          items,
          counts: (measure) => measures[buildFor(measure, reading)]!.get(countKey(unit, measure)) ?? NOTHING,
          built: (item, part) => byPart.get(`${unit} ${item} ${part}`)!,
        };
        return [unit, scoreReading(ruleSet, figures, reading)];
      }),
    );
  const present = readingOf(ruleSetOn(ruleSet, quarter.end).parameters);
  return { ...(await range(totals, present)), totals };
}

/** Readings ranked between two breaths, so that a process with other work is not held up for seconds. */
const AT_ONCE = 32;

async function range(
  totals: RangeResult['totals'],
  present: Reading,
): Promise<Pick<RangeResult, 'readings' | 'units'>> {
  const readings = allReadings();
  const found = new Map<string, Extremes>();
  for (const [i, reading] of readings.entries()) {
    if (i % AT_ONCE === 0) await setImmediate();
    for (const [unit, place] of places(totals(reading))) found.set(unit, widened(found.get(unit), place));
  }
  const standing = places(totals(present));
  const others = neighboursOf(present).map((other) => ({ ...other, places: places(totals(other.reading)) }));
  const units = [...found].map(([unit, { best, worst, lowest, highest }]): RankRange => {
    const now = standing.get(unit)!;
    return {
      unit,
      best,
      worst,
      lowest: lowest.toFraction(),
      highest: highest.toFraction(),
      rank: now.rank,
      total: now.total.toFraction(),
      mover: moverOf(unit, now, others),
    };
  });
  return { readings: readings.length, units };
}

interface Place {
  rank: number;
  total: Fraction;
}
interface Extremes {
  best: number;
  worst: number;
  lowest: Fraction;
  highest: Fraction;
}

/** Competition ranks, the best first. */
function places(totals: ReadonlyMap<string, Fraction>): Map<string, Place> {
  const sorted = [...totals].sort(([, a], [, b]) => b.compare(a));
  let rank = 0;
  return new Map(
    sorted.map(([unit, total], i) => {
      if (i === 0 || !total.equals(sorted[i - 1]![1])) rank = i + 1;
      return [unit, { rank, total }];
    }),
  );
}

function widened(known: Extremes | undefined, { rank, total }: Place): Extremes {
  if (!known) return { best: rank, worst: rank, lowest: total, highest: total };
  return {
    best: Math.min(known.best, rank),
    worst: Math.max(known.worst, rank),
    lowest: total.lt(known.lowest) ? total : known.lowest,
    highest: total.gt(known.highest) ? total : known.highest,
  };
}

interface OtherReading {
  parameter: string;
  value: ParameterValue;
  places: ReadonlyMap<string, Place>;
}

function moverOf(unit: string, now: Place, others: readonly OtherReading[]): RankMover | null {
  const moves = others
    .map(({ parameter, value, places: ranked }) => {
      const { rank, total } = ranked.get(unit)!;
      return { parameter, value, rank, total, moved: Math.abs(rank - now.rank), by: total.sub(now.total).abs() };
    })
    .filter(({ moved, by }) => moved > 0 || by.compare(0) > 0)
    .sort((a, b) => b.moved - a.moved || b.by.compare(a.by));
  const [first] = moves;
  if (!first) return null;
  const { parameter, value, rank, total } = first;
  return { parameter, value, rank, total: total.toFraction() };
}
