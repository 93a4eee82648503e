import { MAX_EVENT_BYTES } from '@hengjian/contract/limits.ts';
import { eventTypes } from '@hengjian/contract/schema/event-types.ts';
import { Value } from 'typebox/value';
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

/** What a writer may add to an event, such as who had it written. */
const SPARE_BYTES = 1024;

/**
 * All or none: the writer refuses event by event, so that each is looked at before the first is written.
 *
 * @throws DrawError where an event would be refused, or somebody else took the same step first
 */
export async function writeSteps(write: WriteEvents, steps: readonly Step[]): Promise<void> {
  const time = new Date().toISOString();
  const events = steps.map((step) => ({ specversion: '1.0', source: DRAW_SOURCE, time, ...step }));
  for (const event of events) holdStorable(event);
  const { rejected, duplicate } = await write(events);
  if (rejected[0]) throw new DrawError(`The step was refused (${rejected[0].reason}): ${rejected[0].detail}.`);
  if (duplicate)
    throw new DrawError(
      'Somebody else took this step of the draw a moment ago; `hengjian draw verify` with --task shows what stands.',
    );
}

function holdStorable(event: Step): void {
  const bytes = Buffer.byteLength(JSON.stringify(event));
  if (bytes > MAX_EVENT_BYTES - SPARE_BYTES)
    throw new DrawError(
      `Nothing was written: ${event.type} of ${bytes} bytes is larger than an event may be (${MAX_EVENT_BYTES}); draw fewer at once.`,
    );
  const form = eventTypes.get(event.type)!.data;
  const wrong = Value.Check(form, event.data) ? undefined : Value.Errors(form, event.data)[0];
  if (wrong)
    throw new DrawError(
      `Nothing was written: ${event.type} cannot be with this ${wrong.instancePath.slice(1) || 'content'} (${wrong.message}).`,
    );
}
