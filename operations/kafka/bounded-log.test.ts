import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { boundedLog } from './bounded-log.ts';

test('two files of bounded size, whatever is written; no room is no reason to end', () => {
  const directory = mkdtempSync(join(tmpdir(), 'hengjian-log-'));
  const path = join(directory, 'broker.log');
  try {
    const log = boundedLog(path, 1_000);
    for (let line = 0; line < 1_000; line += 1) log(`line ${line}\n`);
    expect(readdirSync(directory).sort()).toEqual(['broker.log', 'broker.log.1']);
    for (const name of readdirSync(directory))
      expect(statSync(join(directory, name)).size, name).toBeLessThanOrEqual(1_000);
    expect(readFileSync(path, 'utf8')).toMatch(/line 999\n$/);
    expect(() => boundedLog(join(directory, 'away', 'broker.log'))('lost')).not.toThrow();
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
});
