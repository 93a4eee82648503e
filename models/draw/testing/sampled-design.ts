import { createHash } from 'node:crypto';
import { type Cell, cellsOf } from '../cells.ts';
import { frameLayout } from '../frame-layout.ts';
import { parsePlan } from '../plan.ts';
import { readSmallestKeys } from '../read-smallest-keys.ts';
import { type DrawInput, recordDraw } from '../run-draw.ts';
import { summariseFrame } from '../summarise-frame.ts';
import { frameOf } from './frame-of.ts';

/** A fixed frame under many beacons. */
export interface SampledDesign {
  cells: Cell[];
  cellOfUnit: number[];
  tierOfUnit: string[];
  /** The units that the product draws under a beacon. */
  draw(beacon: Buffer): Promise<number[]>;
}

/** @param units area and tier of each */
export async function sampledDesign(
  units: readonly (readonly [area: string, tier: string])[],
  document: Record<string, unknown>,
): Promise<SampledDesign> {
  const ids = units.map((_, unit) => `unit ${unit}`);
  const source = frameOf(
    ['id', 'area', 'tier'],
    units.map(([area, tier], unit) => [ids[unit]!, area, tier]),
  );
  const plan = parsePlan(document);
  const layout = frameLayout(source, plan);
  const { cells: rowsByCell, watched: _, ...frame } = await summariseFrame(source, layout);
  const cells = cellsOf(plan, rowsByCell, 0n);
  const place = new Map(cells.map(({ key }, index) => [key.join('\t'), index]));
  const number = new Map(ids.map((id, unit) => [id, unit]));
  const input: Omit<DrawInput, 'beacon'> = { frame, cells: rowsByCell, plan, secret: Buffer.alloc(32, 1) };
  const strata = document.strata ? 1 : 0;
  return {
    cells,
    cellOfUnit: units.map(([area, tier]) => place.get(strata ? `${area}\t${tier}` : tier)!),
    tierOfUnit: units.map(([, tier]) => tier),
    async draw(beacon) {
      const record = await recordDraw({ ...input, beacon }, (ordered, seed) =>
        readSmallestKeys(source, layout, ordered, seed),
      );
      return record.selected.map(({ id }) => number.get(id)!);
    },
  };
}

/** The k-th beacon of a fixed series. */
export function beaconOf(k: number): Buffer {
  return createHash('sha256').update(`beacon ${k}`).digest();
}
