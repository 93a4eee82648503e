/** Through the front door: what an event holds does not act on the terminal of whoever looks at it. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { hengjian } from './testing/front-door.ts';

test('events, rejects and status say nothing of an event unescaped', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'hengjian-visible-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  const env = { HENGJIAN_DATA_DIR: join(directory, 'data') };
  const event = {
    specversion: '1.0',
    id: 'N\u202e1',
    source: 'https://t.example/x',
    type: 'push.claimed',
    time: '2025-04-09T09:00:00+08:00',
    department: 'czj',
    data: { push_id: 'P\u202e\x9b2J', note: '\u2066' },
  };
  const file = join(directory, 'events.ndjson');
  const bad = { ...event, id: 'bad', type: 'x\u202e\x1b[2J\nAll is well' };
  writeFileSync(file, [event, bad].map((one) => `${JSON.stringify(one)}\n`).join(''));
  expect((await hengjian(['import', file], env)).stdout).toContain('"read":2');
  await hengjian(['refresh'], env);
  for (const args of [['events'], ['rejects'], ['status']]) {
    const { stdout, stderr } = await hengjian(args, env);
    expect(stdout + stderr).not.toMatch(/(?![\n])[\p{Cc}\p{Cf}]/u);
    expect(stdout).not.toMatch(/^All is well$/m);
  }
  expect((await hengjian(['events'], env)).stdout).toContain('N\\u202e1');
  expect((await hengjian(['events', '--json'], env)).stdout).toContain('"id":"N\u202e1"');
});
