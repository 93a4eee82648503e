import { complaints } from './activities/complaints.ts';
import { inspections } from './activities/inspections.ts';
import { libraries } from './activities/libraries.ts';
import { licences } from './activities/licences.ts';
import { logins } from './activities/logins.ts';
import { objections } from './activities/objections.ts';
import { officeDesk } from './activities/office-desk.ts';
import { pushes } from './activities/pushes.ts';
import { quarterLists } from './activities/quarter-lists.ts';
import { registrations } from './activities/registrations.ts';
import { sanctions } from './activities/sanctions.ts';
import { sideEvents } from './activities/side-events.ts';
import { tiers } from './activities/tiers.ts';
import { unlicensedCases } from './activities/unlicensed-cases.ts';
import { dayOf, FIRST_NOTICE_YEAR, LAST_NOTICE_YEAR, localMoment, yearOf } from './calendar.ts';
import { type DefectShares, Defects, USUAL_DEFECTS } from './defects.ts';
import { Form } from './form.ts';
import { Journal } from './journal.ts';
import { Ledger } from './ledger.ts';
import { firstDay, lastDay, parseQuarter, type Quarter, quarterOf, quarterText } from './quarter.ts';
import { Random } from './random.ts';
import { Subjects } from './subjects.ts';
import { UNITS } from './units.ts';
import { type Outage, WorkCalendar } from './work-calendar.ts';
import { World } from './world.ts';

export interface DistrictOptions {
  /** default `demo` */
  seed?: string | number;
  /** finished quarters before the running one, default 6 */
  quarters?: number;
  /** the first quarter, like `2025Q2`; default: `quarters` before the quarter of `until` */
  firstQuarter?: string;
  /** `YYYY-MM-DD`: to the end of that day; an instant: to that moment. Default: end of the last finished quarter */
  until?: string | Date;
  /** leave out what happened up to this moment: with the same `firstQuarter`, a stored district is carried on */
  since?: Date;
  /** market subjects at the end, default 6,000 × volume */
  subjects?: number;
  /** business volume, 1 = the demo (about 230,000 events in six quarters and a half) */
  volume?: number;
  /** duplicates and bad events between the good ones; default 1 % and 0.1 %, false = none */
  defects?: DefectShares | false;
  /** stop after exactly this many lines (or earlier, when the time is over) */
  limit?: number;
}

export const DEMO_SUBJECTS = 6000;
/** Lines of six quarters: what does not scale (meetings, first logins of a day, lists), and what does; measured. */
const FIXED_LINES = 5150;
const LINES_A_VOLUME = 215_000;
const CHUNK_BYTES = 1 << 20;
const HISTORY_START = dayOf('2012-01-01');
const HORIZON_DAYS = 220; // how far ahead an activity may plan

/** Two outages: the whole platform for two days of the second quarter, two units' line in the fifth. */
function planOutages(first: Quarter): Outage[] {
  const unit = (id: string): number => UNITS.findIndex((u) => u.id === id);
  const second = firstDay(first + 1) + 48;
  const fifth = firstDay(first + 4) + 54;
  return [
    { from: second, to: second + 1, units: [], reason: '平台升级' },
    { from: fifth, to: fifth + 2, units: [unit('gafj'), unit('xfdd')], reason: '专线中断' },
  ];
}

/** The volume at which six quarters hold a little more than so many lines, so that a limit cuts off the last days only. */
export function volumeFor(events: number): number {
  return Math.max(0.01, ((events - FIXED_LINES) / LINES_A_VOLUME) * 1.02);
}

interface Period {
  first: Quarter;
  last: number;
  /** ms of the last day that are over */
  clock: number;
}

/** The period of a district. Throws a RangeError that says what is wrong. */
export function planPeriod(options: DistrictOptions, today: Date = new Date()): Period {
  const quarters = options.quarters ?? 6;
  if (!Number.isInteger(quarters) || quarters < 1)
    throw new RangeError(`quarters must be a whole number from 1, not ${quarters}`);
  let last: number;
  let clock = Number.POSITIVE_INFINITY;
  if (typeof options.until === 'string') last = dayOf(options.until);
  else if (options.until) ({ day: last, clock } = localMoment(options.until));
  else last = firstDay(quarterOf(localMoment(today).day)) - 1;
  // Beyond the last holiday notice nothing is guessed: the district ends with that year's third quarter, whose cut-off is known.
  if (yearOf(last) > LAST_NOTICE_YEAR) {
    last = dayOf(`${LAST_NOTICE_YEAR}-09-30`);
    clock = Number.POSITIVE_INFINITY;
  }
  const running = quarterOf(last);
  const finished = last === lastDay(running) && clock === Number.POSITIVE_INFINITY ? running : running - 1;
  const first = options.firstQuarter === undefined ? finished - quarters + 1 : parseQuarter(options.firstQuarter);
  if (yearOf(firstDay(first)) < FIRST_NOTICE_YEAR) {
    throw new RangeError(
      `the district would begin in ${quarterText(first)}, but holiday notices are known from ${FIRST_NOTICE_YEAR} on: ask for fewer quarters`,
    );
  }
  if (firstDay(first) > last) throw new RangeError(`the first quarter ${quarterText(first)} lies behind the end`);
  return { first, last, clock };
}

/**
 * The events of a realistic district as NDJSON, in order of time, in chunks of whole lines of about a megabyte.
 * The same options give the same bytes; with `firstQuarter` given, a later `until` only appends.
 */
export function* generateDistrict(options: DistrictOptions = {}): Generator<Buffer, void, undefined> {
  const { first, last, clock } = planPeriod(options);
  const volume = options.volume ?? 1;
  const start = firstDay(first);
  const random = new Random(`hengjian/${options.seed ?? 'demo'}`);
  const journal = new Journal(last);
  const outages = planOutages(first);
  const world = new World({
    random,
    subjects: new Subjects(
      random.fork('subjects'),
      options.subjects ?? Math.max(100, Math.round(DEMO_SUBJECTS * volume)),
    ),
    calendar: new WorkCalendar(start, last + HORIZON_DAYS, outages),
    form: new Form(random.fork('form'), first),
    ledger: new Ledger(),
    journal,
    outages,
    volume,
    firstDay: start,
  });
  const registering = registrations(world, HISTORY_START);
  const activities = [
    registering.today,
    tiers(world),
    logins(world),
    pushes(world),
    licences(world),
    sanctions(world),
    quarterLists(world),
    unlicensedCases(world),
    libraries(world),
    inspections(world),
    officeDesk(world),
    complaints(world),
    objections(world),
    sideEvents(world),
  ];
  const shares = options.defects ?? USUAL_DEFECTS;
  const defects = shares ? new Defects(random.fork('defects'), shares) : undefined;
  let left = options.limit ?? Number.POSITIVE_INFINITY;
  const since = options.since && localMoment(options.since);
  let chunk = Buffer.allocUnsafeSlow(CHUNK_BYTES);
  let used = 0;
  for (let day = HISTORY_START; day <= last && left > 0; day++) {
    if (day < start) registering.history(day);
    else for (const act of activities) act(day);
    for (const line of journal.take(day)) {
      if (left <= 0 || (day === last && line.clock > clock)) break;
      if (since && (day < since.day || (day === since.day && line.clock <= since.clock))) continue;
      const extra = defects?.after(line.bytes, line.start, line.end);
      let need = line.end - line.start;
      if (extra) for (const more of extra) need += more.length;
      if (used + need > chunk.length) {
        yield chunk.subarray(0, used);
        chunk = Buffer.allocUnsafeSlow(Math.max(CHUNK_BYTES, need));
        used = 0;
      }
      used += line.bytes.copy(chunk, used, line.start, line.end);
      left--;
      if (extra) {
        for (const more of extra) {
          if (left-- <= 0) break;
          used += more.copy(chunk, used);
        }
      }
    }
  }
  if (used > 0) yield chunk.subarray(0, used);
}
