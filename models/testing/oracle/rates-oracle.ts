/**
 * rulesets.md once more, in plain TypeScript, event by event, without SQL or rule set file: the models must agree with it
 * on any log. Written for clearness, not speed.
 */
import type { Day } from '../../calendar/day.ts';
import type { WorkCalendar } from '../../calendar/work-calendar.ts';
import type { TestEvent } from '../load-events.ts';
import { caseMeasures } from './rates-cases.ts';
import type { RateDistrict } from './rates-districts.ts';
import { RateLog, type Row } from './rates-log.ts';
import { pushMeasures } from './rates-pushes.ts';
import { recordMeasures } from './rates-records.ts';

export interface RateLost {
  kind: string;
  key: string;
  subject: string;
  due: Day | null;
}
export interface RateItemResult {
  item: string;
  numerator: number;
  denominator: number;
  on_time: number | null;
  rank: number | null;
  badges: string[];
  lost: RateLost[];
}
export interface RateUnitResult {
  unit: string;
  items: RateItemResult[];
}

/** Kinds of a row that is missing, and of one that is late. */
const LOST: Record<string, readonly [string, string?]> = {
  push: ['not_pushed', 'pushed_late'],
  notify: ['not_notified', 'notified_late'],
  claim: ['unclaimed', 'claimed_late'],
  receipt: ['receipt_missing', 'receipt_late'],
  dispatch: ['not_dispatched', 'dispatched_late'],
  feedback: ['not_fed_back', 'fed_back_late'],
  followup: ['not_checked', 'checked_late'],
  remind: ['not_reminded', 'reminded_late'],
  linkage: ['not_linked', 'linked_late'],
  unreachable: ['not_verified', 'verified_late'],
  entry: ['not_entered', 'entered_late'],
  backfill: ['not_entered', 'entered_late'],
  attach: ['not_attached', 'attached_late'],
  publish: ['not_published', 'published_late'],
  coverage: ['department_silent'],
  quality: ['standard_failed'],
  verify_hit: ['not_applied', 'applied_late'],
  punish_receive: ['not_received', 'received_late'],
  punish_apply: ['not_applied', 'applied_late'],
  punish_feedback: ['not_fed_back', 'fed_back_late'],
  punish_loop: ['loop_open', 'loop_late'],
  objection: ['not_answered', 'answered_late'],
  libraries: ['library_incomplete', 'library_late'],
  dr_inspect: ['not_inspected', 'inspected_late'],
  dr_publish: ['not_published', 'published_late'],
  unlicensed: ['not_handled', 'handled_late'],
  material: ['material_missing', 'material_late'],
  risk_dispose: ['not_disposed', 'disposed_late'],
  annual_report: ['report_missing'],
};

const MEASURES = { ...pushMeasures, ...recordMeasures, ...caseMeasures };
/** Items whose time counts though they have no limit in workdays. */
const TIMED = ['followup', 'remind', 'material'];
const NEVER_SMALL = ['libraries', 'coverage'];

/** Every unit × item of a quarter, units and items in the order of the specification. */
export function rateOracle(
  district: RateDistrict,
  events: readonly TestEvent[],
  quarter: string,
  calendar: WorkCalendar,
): RateUnitResult[] {
  const log = new RateLog(district, events, quarter, calendar);
  const results = new Map<string, RateItemResult[]>(district.units.map(({ id }) => [id, []]));
  for (const { id: item, duty, limit } of district.items) {
    const rows = MEASURES[item]!(log, limit);
    const timed =
      limit !== undefined ||
      TIMED.includes(item) ||
      (item === 'backfill' && district.backfillDue !== undefined) ||
      (item === 'libraries' && district.units.some(({ librariesDue }) => librariesDue));
    const counted = log.withDuty(duty).map(({ id }) => ({
      unit: id,
      result: countRows(
        district,
        item,
        rows.filter(({ unit }) => unit === id),
        timed,
      ),
    }));
    const share = ({ numerator, on_time }: RateItemResult) =>
      BigInt(district.rankBy === 'done' ? numerator : (on_time ?? numerator));
    for (const { unit, result } of counted) {
      if (result.denominator > 0)
        result.rank =
          1 +
          counted.filter(
            ({ result: other }) =>
              other.denominator > 0 &&
              share(other) * BigInt(result.denominator) > share(result) * BigInt(other.denominator),
          ).length;
      results.get(unit)!.push(result);
    }
  }
  return [...results].map(([unit, items]) => ({ unit, items }));
}

function countRows(district: RateDistrict, item: string, rows: readonly Row[], timed: boolean): RateItemResult {
  const sum = (count: (row: Row) => number) => rows.reduce((total, row) => total + count(row), 0);
  const denominator = sum(({ amount = 1 }) => amount);
  const numerator = sum((row) => (row.amount === undefined ? Number(row.done) : row.amount - row.failed!));
  const badges = [
    ...(denominator === 0 ? ['no_business'] : []),
    ...(denominator > 0 && denominator < 10 && !NEVER_SMALL.includes(item) ? ['small_n'] : []),
    ...(item === 'quality' && district.qualityTarget && numerator < denominator ? ['below_target'] : []),
  ];
  const [missing, late] = LOST[item]!;
  const lost = rows.flatMap(({ key, subject, due, done, onTime }) =>
    !done ? [{ kind: missing, key, subject, due }] : timed && !onTime ? [{ kind: late!, key, subject, due }] : [],
  );
  const on_time = timed ? sum((row) => Number(row.done && row.onTime)) : null;
  return { item, numerator, denominator, on_time, rank: null, badges, lost };
}
