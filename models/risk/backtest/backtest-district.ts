/** The back-test of an installation's own inspections, out of its log. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Scope } from '@hengjian/contract/scope.ts';
import type { Warehouse } from '@hengjian/warehouse';
import { builtMonths } from '../queries/built-months.ts';
import { type PastInspection, readInspections } from '../queries/read-inspections.ts';
import { type RiskAnswer, refuse } from '../queries/risk-answer.ts';
import { monthBefore, parseMonth } from '../risk-month.ts';
import { writeInspections } from '../write-inspections.ts';
import { readMapping } from './read-mapping.ts';
import { type Backtest, runBacktest } from './run-backtest.ts';

/** Fewer than this on either side say nothing. */
const FEWEST = 30;
/** Of the months with inspections, the share at the end that is held out. */
const HELD_OUT = 0.25;

export type DistrictBacktest = Omit<Backtest, 'scores'> & {
  /** Inspections weighted by the exact probability of a draw's record, and by realised rates. */
  weighted: { byRecord: number; realised: number };
};

/**
 * Fits on the earlier months of which tiers are kept, tests on the last quarter of them. `few` where there are too few inspections on
 * either side, or only one outcome among those to learn from.
 *
 * @throws CommandError where the model cannot be fitted
 */
export async function backtestDistrict(
  warehouse: Warehouse,
  scope: Scope,
): Promise<RiskAnswer<DistrictBacktest | 'few'>> {
  const months = await builtMonths(warehouse);
  const pairs = months
    .map((month) => ({ month, before: monthBefore(parseMonth(month)!).id }))
    .filter(({ before }) => months.includes(before));
  const answer = await readInspections(warehouse, scope, pairs);
  if (!answer.ok) return refuse(answer.reason, answer.detail);
  const { train, test } = splitByTime(answer.value);
  const oneOutcome = new Set(train.map(({ found }) => found)).size < 2;
  if (train.length < FEWEST || test.length < FEWEST || oneOutcome) return { ok: true, value: 'few' };
  // The back-test reads files; these hold tiers, so nobody else may read them and they do not stay.
  const directory = mkdtempSync(join(tmpdir(), 'hengjian-backtest-'));
  try {
    const [past, next] = [join(directory, 'train.csv'), join(directory, 'test.csv')];
    writeInspections(past, train);
    writeInspections(next, test);
    const { scores: _, ...backtest } = await runBacktest(
      readMapping(join(import.meta.dirname, 'district.yaml')),
      past,
      next,
    );
    const byRecord = answer.value.filter(({ probability_of }) => probability_of === 'record').length;
    return { ok: true, value: { ...backtest, weighted: { byRecord, realised: answer.value.length - byRecord } } };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** Whole months, so that nothing of a month that is tested was learnt from. */
export function splitByTime(rows: readonly PastInspection[]): { train: PastInspection[]; test: PastInspection[] } {
  const monthOf = ({ inspected_on }: PastInspection) => inspected_on.slice(0, 7);
  const months = [...new Set(rows.map(monthOf))].sort();
  const held = new Set(months.slice(months.length - Math.ceil(months.length * HELD_OUT)));
  return {
    train: rows.filter((row) => !held.has(monthOf(row))),
    test: rows.filter((row) => held.has(monthOf(row))),
  };
}
