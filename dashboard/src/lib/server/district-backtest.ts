import { withExpectedErrors } from '@hengjian/models';
import { backtestDistrict, type DistrictBacktest } from '@hengjian/models/risk/backtest/backtest-district.ts';
import type { RiskAnswer } from '@hengjian/models/risk/queries/risk-answer.ts';

type Answered = RiskAnswer<DistrictBacktest | 'few'>;

/** Of one version of the tiers and one scope there is one back-test; the last few are kept, and asked for at once they are one. */
const kept = new Map<string, Promise<Answered>>();
const MOST = 8;

/** @throws CommandError where the model cannot be fitted */
export async function districtBacktest({ parts, scope, account }: App.Locals): Promise<Answered> {
  const { reader, environment } = parts;
  const [live] = await reader.query<{ build: number }>('SELECT max(build) AS build FROM risk_builds');
  const key = JSON.stringify([environment.dataDir, live?.build, account?.roles, scope.units, scope.areas]);
  const known = kept.get(key);
  if (known) return known;
  const running = withExpectedErrors(() => backtestDistrict(reader, scope));
  kept.set(key, running);
  // What failed is tried again by the next who asks.
  running.catch(() => kept.delete(key));
  for (const old of [...kept.keys()].slice(0, Math.max(0, kept.size - MOST))) kept.delete(old);
  return running;
}
