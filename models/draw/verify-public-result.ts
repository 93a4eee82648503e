import type { CheckList } from './check.ts';
import { bytewise } from './frame-layout.ts';
import type { Plan } from './plan.ts';
import type { PublicRecord } from './record-schema.ts';
import { resultHash } from './result-hash.ts';

/** Totals and drawn ids of a public record: they must agree with each other, with the plan and with the result hash. */
export function verifyPublicResult(list: CheckList, record: PublicRecord, plan: Plan): void {
  const rows = record.strata.reduce((sum, { N }) => sum + N, 0);
  list.hold(
    'rows',
    rows === record.frame.rows,
    `the strata hold the ${rows} rows of the frame`,
    `the strata hold ${rows} rows, the frame ${record.frame.rows}`,
  );
  const keys = record.strata.map(({ values }) => values.map(bytewise).join('\t'));
  const wrong = record.strata.find(({ values, N, n }) => values.length !== plan.strata.length || n > N);
  list.hold(
    'strata',
    !wrong && new Set(keys).size === keys.length,
    'are those of the plan, none draws more than it has',
    `a stratum stands twice, draws more than it has or has other values than ${plan.strata.join(', ')}: ${JSON.stringify(wrong ?? keys)}`,
  );
  const drawn = record.strata.reduce((sum, { n }) => sum + n, 0);
  list.hold(
    'selected',
    drawn === record.selected.length && (plan.n === undefined || plan.n === drawn),
    `${drawn} units, as the strata and the plan say`,
    `${record.selected.length} units are listed, the strata say ${drawn}, the plan ${plan.n ?? 'no number'}`,
  );
  const ids = record.selected.map(bytewise);
  const misplaced = ids.findIndex((id, index) => index > 0 && ids[index - 1]! >= id);
  list.hold(
    'ids',
    misplaced < 0,
    'are sorted, none stands twice',
    `${record.selected[misplaced]} is out of order or stands twice`,
  );
  const hash = resultHash(record.selected);
  list.hold(
    'result_hash',
    hash === record.result_hash,
    'is the hash of the drawn ids',
    `the drawn ids hash to ${hash}, the record says ${record.result_hash}`,
  );
}
