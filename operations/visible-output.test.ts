/** An id with an escape sequence could clear the screen of whoever runs `explain`, or retype its title. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { expect, onTestFinished, test } from 'vitest';
import { hengjian } from './testing/front-door.ts';
import { visibleOutput } from './visible-output.ts';

const EVIL = 'N\u202e1\x1b[2J';

function written(isTTY: boolean, json: boolean) {
  const into = Object.assign(new PassThrough(), { isTTY });
  return { into, out: visibleOutput(into, json), text: () => String(into.read() ?? '') };
}

test('text is escaped always, JSON and bytes on a terminal', () => {
  for (const [isTTY, json, chunk, expected] of [
    [false, false, EVIL, 'N\\u202e1\\u001b[2J'],
    [false, true, EVIL, EVIL],
    [true, true, EVIL, 'N\\u202e1\\u001b[2J'],
    [false, false, Buffer.from(EVIL), EVIL],
    [true, false, Buffer.from(EVIL), 'N\\u202e1\\u001b[2J'],
  ] as const) {
    const { out, text } = written(isTTY, json);
    out.write(chunk);
    expect(text()).toBe(expected);
  }
});

test('it is still a stream: it can be piped into and waited for', async () => {
  const { out, text } = written(false, false);
  await pipeline(Readable.from(['a\u2066', 'b\n']), out);
  expect(text()).toBe('a\\u2066b\n');
});

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
