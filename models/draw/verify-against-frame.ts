import { CheckFailed, type CheckList } from './check.ts';
import { DrawError } from './draw-error.ts';
import type { DrawRecord, RecordUnit } from './draw-record.ts';
import type { FrameSource } from './frame-source.ts';
import { type Plan, parsePlan } from './plan.ts';
import { publishRecord } from './publish-record.ts';
import type { PublicRecord } from './record-schema.ts';
import { runDraw } from './run-draw.ts';

/** Draws again from the frame and compares. */
export async function verifyAgainstFrame(
  list: CheckList,
  record: DrawRecord,
  plan: Plan,
  source: FrameSource,
): Promise<void> {
  const again = await drawAgain(record, plan, source);
  holdFrame(list, again, record, source);
  const cell = again.cells.findIndex((_, index) => !same(again.cells[index], record.cells[index]));
  list.hold(
    'frame.cells',
    cell < 0 && again.cells.length === record.cells.length,
    'have the rows, sizes and thresholds of the frame',
    `cell ${cell} is ${JSON.stringify(again.cells[cell])}, the record says ${JSON.stringify(record.cells[cell])}`,
  );
  for (const name of ['selected', 'reserve'] as const) {
    const wrong = firstDifference(again[name], record[name]);
    list.hold(
      `frame.${name}`,
      wrong === undefined,
      'are the units with the smallest keys of the frame',
      wrong === undefined ? '' : difference(again[name][wrong], record[name][wrong]),
    );
  }
}

/** The same for a public record: totals and ids of the repeated draw. */
export async function verifyPublicAgainstFrame(
  list: CheckList,
  record: PublicRecord,
  source: FrameSource,
): Promise<void> {
  const again = publishRecord(await drawAgain(record, parsePlan(record.plan), source));
  holdFrame(list, again, record, source);
  for (const name of ['strata', 'selected'] as const)
    list.hold(
      `frame.${name}`,
      JSON.stringify(again[name]) === JSON.stringify(record[name]),
      'are those of the repeated draw',
      `the frame gives other ${name} than the record has`,
    );
}

function holdFrame(
  list: CheckList,
  again: Pick<DrawRecord, 'frame'>,
  record: Pick<DrawRecord, 'frame'>,
  source: FrameSource,
): void {
  for (const [name, member] of [
    ['frame.rows', 'rows'],
    ['frame.sha256', 'sha256'],
    ['frame.merkle_root', 'merkle_root'],
  ] as const)
    list.hold(
      name,
      again.frame[member] === record.frame[member],
      'is that of the frame',
      `the frame ${source.name} has ${again.frame[member]}, the record says ${record.frame[member]}: it is not the frame that was drawn from, or a row was changed, added or taken away`,
    );
}

async function drawAgain(
  record: Pick<DrawRecord, 'secret' | 'beacon'>,
  plan: Plan,
  source: FrameSource,
): Promise<DrawRecord> {
  try {
    return await runDraw(source, plan, Buffer.from(record.secret, 'hex'), Buffer.from(record.beacon, 'hex'));
  } catch (error) {
    if (error instanceof DrawError) throw new CheckFailed('frame', error.message);
    throw error;
  }
}

function firstDifference(again: readonly RecordUnit[], claimed: readonly RecordUnit[]): number | undefined {
  for (let at = 0; at < Math.max(again.length, claimed.length); at++) if (!same(again[at], claimed[at])) return at;
  return undefined;
}

function difference(again: RecordUnit | undefined, claimed: RecordUnit | undefined): string {
  return `the frame gives ${again ? `${again.id} (rank ${again.rank})` : 'nobody'} where the record has ${claimed ? `${claimed.id} (rank ${claimed.rank})` : 'nobody'}`;
}

function same(left: object | undefined, right: object | undefined): boolean {
  if (!left || !right) return left === right;
  const [a, b] = [left, right] as Record<string, unknown>[];
  return Object.keys(a!).every((name) => JSON.stringify(a![name]) === JSON.stringify(b![name]));
}
