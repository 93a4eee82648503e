/** The events of an invented city whose rule set has no points, with every kind of lateness and omission its items measure. */
import { dayText, localMoment } from '../calendar.ts';
import { planPeriod } from '../district.ts';
import { firstDay, lastDay, quarterText } from '../quarter.ts';
import { Random } from '../random.ts';
import { CITIES, type CityId, type CityUnit } from './cities.ts';
import {
  alerts,
  annualReports,
  materials,
  objections,
  punishments,
  quality,
  stock,
  unlicensedCases,
} from './city-cases.ts';
import { inspections, libraries } from './city-inspections.ts';
import { CityLog } from './city-log.ts';
import { endings, pushChains, type Span } from './city-pushes.ts';
import { backfill, recordEntries } from './city-records.ts';

export interface CityOptions {
  city: CityId;
  /** default `demo` */
  seed?: string | number;
  /** Finished quarters before the running one, default 6. */
  quarters?: number;
  /** The first quarter, like 2025Q2; default: `quarters` before the quarter of `until`. */
  firstQuarter?: string;
  /** Up to this day (to its end) or moment. */
  until?: string | Date;
  /** Leave out what happened up to this moment: with the same `firstQuarter` a stored city is carried on. */
  since?: Date;
}

/** Subjects of one quarter and unit. */
const SUBJECTS_A_UNIT = 500;
const STOCK_BASE = 100;

/**
 * NDJSON, in order of time. The same options give the same bytes; with `firstQuarter` given, a later `until` only appends.
 * @throws RangeError that says what is wrong with the period
 */
export function* generateCity(options: CityOptions): Generator<Buffer, void, undefined> {
  const { first, last, clock } = planPeriod(options);
  const log = new CityLog(CITIES[options.city]);
  const random = new Random(`hengjian/${options.seed ?? 'demo'}/${options.city}`);
  log.chapter('stock');
  stock(log, random.fork('stock'), STOCK_BASE);
  for (const [n, unit] of log.city.units.entries()) {
    log.chapter(`${unit.id}-before`);
    const own = random.fork(`before/${unit.id}`);
    if (unit.duties.includes('double_random')) libraries(log, own, unit);
    if (unit.duties.includes('entry')) backfill(log, own, unit, 1000 + n * 50);
  }
  for (let quarter = first; firstDay(quarter) <= last; quarter++) {
    const span = { first: firstDay(quarter), last: lastDay(quarter) };
    const inQuarter = random.fork(quarterText(quarter));
    log.chapter(quarterText(quarter));
    materials(log, inQuarter.fork('materials'), { ...span, base: 0 });
    annualReports(log, inQuarter.fork('reports'), { ...span, base: 0 }, STOCK_BASE);
    if (quarter === first + 1) outage(log, inQuarter.fork('outage'), span.first);
    for (const [n, unit] of log.city.units.entries()) {
      log.chapter(`${unit.id}-${quarterText(quarter)}`);
      const base = 10_000 + (quarter % 4000) * 20_000 + n * SUBJECTS_A_UNIT;
      unitQuarter(log, inQuarter.fork(unit.id), unit, { ...span, base }, quarter);
    }
  }
  const since = options.since && localMoment(options.since);
  const wanted = log.lines.filter(
    (line) =>
      (line.day < last || (line.day === last && line.clock <= clock)) &&
      (!since || line.day > since.day || (line.day === since.day && line.clock > since.clock)),
  );
  wanted.sort((a, b) => a.day - b.day || a.clock - b.clock || (a.line < b.line ? -1 : 1));
  for (let at = 0; at < wanted.length; at += 2000)
    yield Buffer.from(
      wanted
        .slice(at, at + 2000)
        .map(({ line }) => line)
        .join(''),
    );
}

type Chapter = (log: CityLog, random: Random, unit: CityUnit, span: Span) => void;
const CHAPTERS: readonly (readonly [duty: string, chapter: Chapter])[] = [
  ['licence', pushChains],
  ['licence', endings],
  ['punish', punishments],
  ['entry', objections],
  ['entry', quality],
  ['risk', alerts],
  ['unlicensed', unlicensedCases],
  ['double_random', inspections],
];

function unitQuarter(log: CityLog, random: Random, unit: CityUnit, span: Span, quarter: number): void {
  for (const [duty, chapter] of CHAPTERS)
    if (unit.duties.includes(duty)) chapter(log, random.fork(chapter.name), unit, span);
  if (unit.duties.includes('entry')) recordEntries(log, random.fork('records'), unit, span, quarter);
}

function outage(log: CityLog, random: Random, first: number): void {
  const from = first + 48;
  const days = { from: dayText(from), to: dayText(from + 1) };
  log.add(random, 'outage.declared', from - 3, { id: log.city.registrar }, { ...days, units: [], reason: '平台升级' });
}
