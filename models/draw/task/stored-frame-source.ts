import type { Warehouse } from '@hengjian/warehouse';
import type { FrameSource } from '../frame-source.ts';
import { TASK_COLUMNS } from './task-plan.ts';

const LF = 0x0a;

/** A stored frame as a source of lines, for proofs and for verification by the other engine. */
export function storedFrameSource(warehouse: Warehouse, frameId: string): FrameSource {
  return {
    name: frameId,
    columns: TASK_COLUMNS,
    async *batches() {
      const stream = await warehouse.stream(
        'SELECT line FROM draw_frames WHERE frame_id = {frame:String} ORDER BY id FORMAT TSVRaw',
        { frame: frameId },
      );
      let rest: Buffer = Buffer.alloc(0);
      for await (const block of stream) {
        const bytes: Buffer = Buffer.concat([rest, block as Buffer]);
        const lines: Buffer[] = [];
        let start = 0;
        for (let end = bytes.indexOf(LF); end >= 0; end = bytes.indexOf(LF, start)) {
          lines.push(bytes.subarray(start, end));
          start = end + 1;
        }
        rest = bytes.subarray(start);
        if (lines.length > 0) yield lines;
      }
    },
  };
}
