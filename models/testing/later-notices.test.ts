import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadCalendar } from '../calendar/load-calendar.ts';
import { writeLaterNotices } from './later-notices.ts';

test('years up to the last that a deadline of today can lie in have a notice; nothing is written before that', () => {
  const directory = mkdtempSync(join(tmpdir(), 'hengjian-notices-'));
  try {
    const last = loadCalendar().notices.at(-1)!.year;
    writeLaterNotices(directory, new Date(`${last}-06-01T00:00:00Z`));
    expect(readdirSync(directory)).toEqual([]);
    writeLaterNotices(directory, new Date(`${last + 2}-11-20T00:00:00Z`));
    const calendar = loadCalendar(directory);
    expect(calendar.addWorkdays(`${last + 2}-12-28`, 20) > `${last + 3}-01-01`).toBe(true);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
});
