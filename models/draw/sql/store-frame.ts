import type { Warehouse } from '@hengjian/warehouse';
import { DrawError } from '../draw-error.ts';
import { cellValues, frameLayout, textOf } from '../frame-layout.ts';
import type { FrameSource } from '../frame-source.ts';
import type { Plan } from '../plan.ts';

const ROWS_AN_INSERT = 50_000;

/**
 * Puts the rows of a frame into `draw_frames`, cut up as the plan's cells ask for.
 *
 * @throws DrawError if frame and plan do not fit, or the frame is there already
 */
export async function storeFrame(
  warehouse: Warehouse,
  frameId: string,
  source: FrameSource,
  plan: Plan,
): Promise<void> {
  const layout = frameLayout(source, plan);
  const [held] = await warehouse.query<{ rows: number }>(
    'SELECT count() AS rows FROM draw_frames WHERE frame_id = {frame:String}',
    { frame: frameId },
  );
  if (held!.rows > 0) throw new DrawError(`The frame ${frameId} is stored already; give this one another name.`);
  let rows: object[] = [];
  const flush = async () => {
    await warehouse.insert('draw_frames', rows);
    rows = [];
  };
  for await (const lines of source.batches()) {
    for (const line of lines) {
      rows.push({
        frame_id: frameId,
        id: textOf(layout.id(line)),
        cell: cellValues(layout.cellKey(line)),
        key_bytes: layout.keyBytes(line).toString(),
        line: line.toString(),
      });
    }
    if (rows.length >= ROWS_AN_INSERT) await flush();
  }
  await flush();
}
