import type { WriteEvents } from '../../publication/write-events.ts';
import { DrawError } from '../draw-error.ts';
import { DRAW_SOURCE } from './draw-source.ts';

/** A step of a draw as an event of the product. */
export interface Step {
  /** The same step has the same id, whoever takes it: the second comer is a duplicate. */
  id: string;
  type: string;
  department: string;
  data: object;
  /** RFC 3339; left out: now. */
  time?: string;
}

/** @throws DrawError where an event was refused, or somebody else took the same step first */
export async function writeSteps(write: WriteEvents, steps: readonly Step[]): Promise<void> {
  const time = new Date().toISOString();
  const { rejected, duplicate } = await write(
    steps.map((step) => ({ specversion: '1.0', source: DRAW_SOURCE, time, ...step })),
  );
  if (rejected[0]) throw new DrawError(`The step was refused (${rejected[0].reason}): ${rejected[0].detail}.`);
  if (duplicate)
    throw new DrawError(
      'Somebody else took this step of the draw a moment ago; `hengjian draw verify` with --task shows what stands.',
    );
}
