/** How often visits find something, of draws whose inclusion probabilities are exact. */
import Fraction from 'fraction.js';
import { effectiveWilsonInterval } from '../backtest/effective-wilson-interval.ts';

export interface DrawnFinding {
  task: string;
  tier: string;
  /** Of each subject of the tier in this frame. */
  pi: Fraction;
  /** Visits with a result, and how many of them found something. */
  inspected: number;
  found: number;
}

export interface DrawnFindingRate {
  draws: number;
  inspected: number;
  found: number;
  /** Σ y/π / Σ 1/π: of the subjects of the frames, each frame by its size. */
  rate: number;
  /** Kish’s effective number of visits, (Σ 1/π)² / Σ 1/π². */
  effective: number;
  /** Wilson’s 95 % interval at the effective number. */
  lower: number;
  upper: number;
}

/**
 * Hájek’s mean with the weights 1/π, summed exactly (sampling.md §1.4; Hájek 1971). Subjects that were drawn and have no result are
 * taken as missing at random. undefined without results.
 */
export function drawnFindingRate(findings: readonly DrawnFinding[]): DrawnFindingRate | undefined {
  const sum = (of: (one: DrawnFinding) => Fraction) =>
    findings.reduce((total, one) => total.add(of(one)), new Fraction(0));
  const weight = sum(({ pi, inspected }) => pi.inverse().mul(inspected));
  if (weight.n === 0n) return undefined;
  const rate = sum(({ pi, found }) => pi.inverse().mul(found))
    .div(weight)
    .valueOf();
  const squares = sum(({ pi, inspected }) => pi.inverse().pow(2)!.mul(inspected));
  const effective = weight.pow(2)!.div(squares).valueOf();
  const { low, high } = effectiveWilsonInterval(rate, effective)!;
  return {
    draws: new Set(findings.map(({ task }) => task)).size,
    inspected: findings.reduce((total, { inspected }) => total + inspected, 0),
    found: findings.reduce((total, { found }) => total + found, 0),
    rate,
    effective,
    lower: low,
    upper: high,
  };
}
