/** Tables beyond the seventeen of office-files §5: plans, joint punishment, repair, objections. Ids were reckoned apart from this code. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type CommandLine, commandLine, lastLine, listedEvents } from '../testing/command-line.ts';

interface ExpectedFile {
  file: string;
  layout: string;
  read: number;
  accepted: number;
  rejected: number;
  skipped: number;
  reasons: Record<string, number>;
}
type Event = { id: string; type: string; data: Record<string, unknown> } & Record<string, unknown>;

const sample = join(import.meta.dirname, 'testing/further-layouts');
const { files, events } = JSON.parse(readFileSync(join(sample, 'expected.json'), 'utf8')) as {
  files: ExpectedFile[];
  events: Event[];
};

let cli: CommandLine;
beforeAll(async () => {
  cli = await commandLine();
});
afterAll(() => cli.close());

const stored = () => listedEvents<Event>(cli);
const byId = (a: Event, b: Event) => (a.id < b.id ? -1 : 1);
/** What the sample says of an event; where else its row goes is not said there. */
const asExpected = ({ id, type, time, department, subject, data: { row: _row, ...data } }: Event) => ({
  id,
  type,
  time,
  department,
  ...(subject ? { subject } : {}),
  data,
});

describe('in order', () => {
  test.each(files)('$file', async ({ file, reasons, ...counts }) => {
    const ran = await cli.run('import', join(sample, file));
    expect(ran.exitCode, ran.stderr).toBe(0);
    expect(lastLine(ran.stdout)).toMatchObject({ ...counts, duplicate: 0 });
    const rows = await cli.warehouse.query<{ reason: string; n: number }>(
      'SELECT reason, count() AS n FROM rejects WHERE startsWith(origin, {path:String}) GROUP BY reason',
      { path: join(sample, file) },
    );
    expect(Object.fromEntries(rows.map(({ reason, n }) => [reason, n]))).toEqual(reasons);
  });

  test('the events are those that were written down', async () => {
    expect((await stored()).map(asExpected).sort(byId)).toEqual([...events].sort(byId));
  });

  test.each(files)('$file again brings nothing', async ({ file, accepted }) => {
    expect(lastLine((await cli.run('import', join(sample, file))).stdout)).toMatchObject({
      accepted: 0,
      duplicate: accepted,
    });
  });
});

test('what a plan, a repair or an objection says anew corrects exactly it', async () => {
  const before = new Set((await stored()).map(({ id }) => id));
  const corrected = [
    ['抽查计划.csv', '应急管理局,,2025年3月31日', '应急管理局,,2025年4月1日', 'plan.filed'],
    ['信用修复.csv', '准予修复,2025-04-18', '准予修复,2025-04-21', 'repair.approved'],
  ] as const;
  for (const [file, from, to, type] of corrected) {
    const text = readFileSync(join(sample, file), 'utf8');
    expect(text).toContain(from);
    const path = cli.file(file, text.replace(from, to));
    expect(lastLine((await cli.run('import', path)).stdout).by_type).toEqual({ [type]: 1, 'event.voided': 1 });
  }
  const now = await stored();
  const voids = now.filter(({ type }) => type === 'event.voided');
  expect(voids.map(({ data }) => before.has(data.event_id as string))).toEqual([true, true]);
});
