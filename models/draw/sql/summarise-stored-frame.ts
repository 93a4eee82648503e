import type { Warehouse } from '@hengjian/warehouse';
import { DrawError } from '../draw-error.ts';
import { bytewise } from '../frame-layout.ts';
import type { FrameSummary } from '../summarise-frame.ts';
import { storedMerkleRoot } from './stored-merkle-root.ts';

/**
 * The same as `summariseFrame`, computed by the engine over a stored frame.
 *
 * @throws DrawError for a frame without rows, an empty id or an id in two rows
 */
export async function summariseStoredFrame(
  warehouse: Warehouse,
  frameId: string,
): Promise<Omit<FrameSummary, 'watched'>> {
  const frame = { frame: frameId };
  const cells = await warehouse.query<{ cell: string[]; rows: number }>(
    'SELECT cell, count() AS rows FROM draw_frames WHERE frame_id = {frame:String} GROUP BY cell',
    frame,
  );
  const rows = cells.reduce((sum, cell) => sum + cell.rows, 0);
  if (rows === 0) throw new DrawError(`The frame ${frameId} has no row; it needs one an object to draw from.`);
  const [twice] = await warehouse.query<{ id: string; rows: number }>(
    `SELECT id, count() AS rows FROM draw_frames WHERE frame_id = {frame:String}
     GROUP BY id HAVING rows > 1 OR id = '' ORDER BY id LIMIT 1`,
    frame,
  );
  if (twice)
    throw new DrawError(
      twice.id === ''
        ? `The frame ${frameId} has a row whose id is empty; every object needs its own.`
        : `The id ${twice.id} stands in ${twice.rows} rows of the frame ${frameId}; each object may stand there once.`,
    );
  const [digest] = await warehouse.query<{ sha256: string }>(
    `SELECT lower(hex(SHA256(arrayStringConcat(groupArray(concat(line, '\\n')))))) AS sha256
     FROM (SELECT line FROM draw_frames WHERE frame_id = {frame:String} ORDER BY id)`,
    frame,
    // One thread keeps the order of the sorted rows.
    { max_threads: 1 },
  );
  return {
    rows,
    sha256: digest!.sha256,
    merkleRoot: await storedMerkleRoot(warehouse, frameId, rows),
    cells: new Map(cells.map(({ cell, rows }) => [cell.map(bytewise).join('\t'), rows])),
  };
}
