/** The files of an office, imported one after the other: counts, refusals, ids and members, as they were written down. */
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type CommandLine, commandLine, lastLine, listedEvents } from '../testing/command-line.ts';

interface ExpectedFile {
  file: string;
  args: string[];
  exit: number;
  layout?: string;
  read: number;
  accepted: number;
  duplicate: number;
  rejected: number;
  skipped: number;
  by_type: Record<string, number>;
  unmatched_departments: string[];
  reasons?: Record<string, number>;
  again: number;
}

type Event = { id: string; source: string; data: Record<string, unknown> } & Record<string, unknown>;

interface Expected {
  files: ExpectedFile[];
  events: Event[];
  private: string[];
  replay: { aliases: [string, string][]; left: number; events: Event[] };
}

const sample = join(import.meta.dirname, 'testing/office-files');
const expected = JSON.parse(readFileSync(join(sample, 'expected.json'), 'utf8')) as Expected;
const readable = expected.files.filter(({ exit }) => exit === 0);

let cli: CommandLine;
beforeAll(async () => {
  cli = await commandLine();
  cpSync(join(sample, 'departments.csv'), join(cli.dataDir, 'departments.csv'));
});
afterAll(() => cli.close());

const importing = (file: ExpectedFile, ...more: string[]) =>
  cli.run('import', join(sample, file.file), ...file.args, ...more);
/** Those that this file left open, by reason. */
async function reasonsOf(file: string): Promise<Record<string, number>> {
  const rows = await cli.warehouse.query<{ reason: string; n: number }>(
    'SELECT reason, count() AS n FROM rejects WHERE startsWith(origin, {path:String}) GROUP BY reason ORDER BY reason',
    { path: join(sample, file) },
  );
  return Object.fromEntries(rows.map(({ reason, n }) => [reason, n]));
}
const storedEvents = () => listedEvents<Event>(cli);
/** What the table says beyond the members of an event is not fixed. */
const withoutRow = ({ data: { row: _row, ...data }, ...event }: Event) => ({ ...event, data });
const byId = (a: Event, b: Event) => (a.source + a.id < b.source + b.id ? -1 : 1);

describe('in order', () => {
  test.each(expected.files)('$file', async (file) => {
    if (file.exit === 0) {
      const preview = await importing(file, '--preview');
      const ran = await importing(file);
      expect(ran.exitCode, ran.stderr).toBe(0);
      const { file: _file, args: _args, exit: _exit, reasons, again: _again, ...counts } = file;
      expect(lastLine(ran.stdout)).toEqual(counts);
      expect(await reasonsOf(file.file)).toEqual(reasons ?? {});
      // A preview says what then happens.
      expect(lastLine(preview.stdout)).toEqual({ ...counts, preview: true });
    } else {
      const before = await cli.warehouse.query('SELECT count() FROM events');
      const ran = await importing(file);
      expect(ran.exitCode).toBe(2);
      expect(ran.stderr.trim().split('\n')).toHaveLength(1);
      expect(ran.stderr).toContain(file.file);
      expect(await cli.warehouse.query('SELECT count() FROM events')).toEqual(before);
    }
  });

  test('every event has its id and its members', async () => {
    const events = await storedEvents();
    expect(events.map(withoutRow).sort(byId)).toEqual([...expected.events].sort(byId));
  });

  test('numbers of persons are kept nowhere', async () => {
    const kept = await cli.warehouse.query<{ text: string }>(
      'SELECT data AS text FROM events UNION ALL SELECT bytes FROM rejects',
    );
    for (const number of expected.private) for (const { text } of kept) expect(text.includes(number)).toBe(false);
  });

  test.each(readable)('again: $file brings nothing new', async (file) => {
    const ran = await importing(file);
    expect(lastLine(ran.stdout)).toMatchObject({
      read: file.again + file.rejected,
      accepted: 0,
      duplicate: file.again,
      rejected: file.rejected,
    });
  });

  test('rejects that came again are listed once, and replayed once their organ has a name', async () => {
    const open = async (reason: string) =>
      JSON.parse((await cli.run('rejects', '--json', '--reason', reason)).stdout) as { origin: string }[];
    const before = (await storedEvents()).length;
    const unmatched = await open('department_unmatched');
    expect(unmatched).toHaveLength(
      readable.reduce((sum, { reasons }) => sum + (reasons?.department_unmatched ?? 0), 0),
    );
    const file = join(cli.dataDir, 'departments.csv');
    const lines = expected.replay.aliases.map(([unit, alias]) => `${unit},${alias}\n`).join('');
    writeFileSync(file, `${readFileSync(file, 'utf8').trimEnd()}\n${lines}`);
    const ran = await cli.run('rejects', 'replay', '--reason', 'department_unmatched');
    expect(JSON.parse(ran.stdout)).toMatchObject({
      accepted: expected.replay.events.length,
      still_wrong: expected.replay.left,
    });
    expect(await open('department_unmatched')).toHaveLength(expected.replay.left);
    const events = await storedEvents();
    expect(events).toHaveLength(before + expected.replay.events.length);
    const ids = new Set(expected.replay.events.map(({ id }) => id));
    expect(
      events
        .filter(({ id }) => ids.has(id))
        .map(withoutRow)
        .sort(byId),
    ).toEqual([...expected.replay.events].sort(byId));
    expect(JSON.parse((await cli.run('rejects', 'replay', '--reason', 'number_damaged')).stdout)).toMatchObject({
      accepted: 0,
    });
  });
});
