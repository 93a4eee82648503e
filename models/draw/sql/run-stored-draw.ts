import type { Warehouse } from '@hengjian/warehouse';
import type { DrawRecord } from '../draw-record.ts';
import type { Plan } from '../plan.ts';
import { recordDraw } from '../run-draw.ts';
import { storedSmallestKeys } from './stored-smallest-keys.ts';
import { summariseStoredFrame } from './summarise-stored-frame.ts';

/**
 * The draw of `runDraw`, over a stored frame: the engine hashes, counts and ranks; only the exact allocation to cells is
 * computed here, since it needs integers of any length.
 *
 * @throws DrawError if frame and plan do not fit
 */
export async function runStoredDraw(
  warehouse: Warehouse,
  frameId: string,
  plan: Plan,
  secret: Buffer,
  beacon: Buffer,
): Promise<DrawRecord> {
  const { cells, ...frame } = await summariseStoredFrame(warehouse, frameId);
  return recordDraw({ frame, cells, plan, secret, beacon }, (ordered, seed) =>
    storedSmallestKeys(warehouse, frameId, ordered, seed),
  );
}
