/** Best and worst rank of each unit over all admissible readings of the rule: what an office should know before it publishes. */
import type { Warehouse } from '@hengjian/warehouse';
import Fraction from 'fraction.js';
import type { Quarter } from '../calendar/quarter.ts';
import { ruleSetOn, withParameters } from '../ruleset/rule-set.ts';
import type { Project } from '../runner/project.ts';
import { buildWhatIf } from '../runner/what-if.ts';
import { type Counts, countKey, type MeasureCounts, readMeasures, readParts } from './read-measures.ts';
import { allReadings, BUILDS, buildFor, type Reading } from './readings.ts';
import { scoreReading, type UnitFigures } from './score-reading.ts';

export interface RankRange {
  unit: string;
  best: number;
  worst: number;
  /** Lowest and highest total as reduced fractions. */
  lowest: string;
  highest: string;
}

export interface RangeResult {
  readings: number;
  units: RankRange[];
  /** Totals by unit of one reading, for checks. */
  totals(reading: Reading): Map<string, Fraction>;
}

const NOTHING: Counts = { due: 0, done: 0, onTime: 0 };

/** The staged events must be up to date: `refresh` first. @throws CalendarError, BuildError */
export async function rankRange(warehouse: Warehouse, project: Project, quarter: Quarter): Promise<RangeResult> {
  const ruleSet = ruleSetOn(project.ruleSet, quarter.end);
  const measures: MeasureCounts[] = [];
  let parts: Awaited<ReturnType<typeof readParts>> = [];
  for (const [i, reading] of BUILDS.entries()) {
    const built = await buildWhatIf(
      warehouse,
      { ...project, ruleSet: withParameters(ruleSet, { ...reading }) },
      quarter,
      {
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
  return { ...range(totals), totals };
}

function range(totals: RangeResult['totals']): Pick<RangeResult, 'readings' | 'units'> {
  const readings = allReadings();
  const found = new Map<string, { best: number; worst: number; lowest: Fraction; highest: Fraction }>();
  for (const reading of readings) {
    const sorted = [...totals(reading)].sort(([, a], [, b]) => b.compare(a));
    let rank = 0;
    for (const [i, [unit, total]] of sorted.entries()) {
      if (i === 0 || !total.equals(sorted[i - 1]![1])) rank = i + 1;
      const known = found.get(unit);
      if (!known) {
        found.set(unit, { best: rank, worst: rank, lowest: total, highest: total });
        continue;
      }
      known.best = Math.min(known.best, rank);
      known.worst = Math.max(known.worst, rank);
      if (total.lt(known.lowest)) known.lowest = total;
      if (total.gt(known.highest)) known.highest = total;
    }
  }
  const units = [...found].map(([unit, { best, worst, lowest, highest }]) => ({
    unit,
    best,
    worst,
    lowest: lowest.toFraction(),
    highest: highest.toFraction(),
  }));
  return { readings: readings.length, units };
}
