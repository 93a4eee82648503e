/** Draws that look right and are not; the tests must refuse each. */
import { createHash } from 'node:crypto';
import type { Cell } from '../cells.ts';

function uniform(beacon: Buffer, unit: number | string): number {
  const x = createHash('sha256').update(beacon).update(String(unit)).digest().readBigUInt64BE(0);
  return (Number(x >> 11n) + 0.5) / 2 ** 53;
}

/** Efraimidis–Spirakis: the n largest u^(1/w). Draws successively, so that heavy units come too seldom (sampling.md §1.6). */
export function efraimidisSpirakis(weights: readonly number[], n: number, beacon: Buffer): number[] {
  return weights
    .map((weight, unit) => ({ unit, key: -Math.log(uniform(beacon, unit)) / weight }))
    .sort((a, b) => a.key - b.key)
    .slice(0, n)
    .map(({ unit }) => unit);
}

/** Sizes by largest remainder: the same every time, cells with a small expected number get none for ever. */
export function largestRemainder(
  cells: readonly Cell[],
  cellOfUnit: readonly number[],
  n: number,
  beacon: Buffer,
): number[] {
  const sizes = cells.map(({ expected }) => Math.floor(expected.valueOf()));
  const byRemainder = cells.map((_, h) => h).sort((a, b) => remainder(cells[b]!) - remainder(cells[a]!));
  for (const h of byRemainder.slice(0, n - sizes.reduce((sum, size) => sum + size, 0))) sizes[h]!++;
  return smallestOf(sizes, cellOfUnit, (unit) => uniform(beacon, unit));
}

/** The old platform: a random start, then every ⌊N/n⌋-th (domain.md §6.5); neighbours are never drawn together. */
export function everyKth(count: number, n: number, beacon: Buffer): number[] {
  const range = Math.floor(count / n);
  const start = Math.floor(uniform(beacon, 'start') * range);
  return Array.from({ length: n }, (_, index) => start + index * range);
}

/** Right sizes, but keys that favour the first units of the frame a little. */
export function leaning(sizes: readonly number[], cellOfUnit: readonly number[], beacon: Buffer): number[] {
  return smallestOf(sizes, cellOfUnit, (unit) => uniform(beacon, unit) * (1 + unit / (4 * cellOfUnit.length)));
}

function remainder({ expected }: Cell): number {
  return expected.mod(1).valueOf();
}

function smallestOf(sizes: readonly number[], cellOfUnit: readonly number[], key: (unit: number) => number): number[] {
  return sizes.flatMap((size, h) =>
    cellOfUnit
      .flatMap((cell, unit) => (cell === h ? [{ unit, key: key(unit) }] : []))
      .sort((a, b) => a.key - b.key)
      .slice(0, size)
      .map(({ unit }) => unit),
  );
}
