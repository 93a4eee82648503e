/** A database whose name needs quoting: every statement that names it quotes it, from the first migration to a restore. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { type TemporaryWarehouse, temporaryWarehouse } from '@hengjian/warehouse/testing.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hengjian } from './testing/front-door.ts';

const SAMPLE = fileURLToPath(new URL('../samples/nantong-sample.ndjson.gz', import.meta.url));
const NAMES = ['plain', '衡鉴-测试 1', "o'b.c"];

let temporary: TemporaryWarehouse;
let directory: string;
beforeAll(async () => {
  temporary = await temporaryWarehouse();
  directory = mkdtempSync(join(tmpdir(), 'hengjian-odd-'));
});
afterAll(async () => {
  await temporary?.close();
  rmSync(directory, { recursive: true, force: true });
});

async function run(database: string, ...args: string[]): Promise<string> {
  const url = new URL(temporary.url);
  url.pathname = `/${encodeURIComponent(database)}`;
  const { code, stdout, stderr } = await hengjian(args, {
    CLICKHOUSE_URL: url.href,
    HENGJIAN_DATA_DIR: join(directory, 'data'),
  });
  expect([args.join(' '), code, code === 0 ? '' : stderr]).toEqual([args.join(' '), 0, '']);
  return stdout;
}

test('import, refresh, score, what-if, backup and restore work, and give what a plain name gives', {
  timeout: 900_000,
}, async () => {
  const file = join(directory, 'events.ndjson');
  writeFileSync(file, gunzipSync(readFileSync(SAMPLE)).toString().split('\n').slice(0, 4_000).join('\n'));
  const answers = [];
  for (const name of NAMES) {
    expect(JSON.parse(await run(name, 'import', file))).toMatchObject({ read: 4_000, rejected: 0 });
    await run(name, 'refresh');
    const score = JSON.parse(await run(name, 'score', '2024Q1', '--json'));
    const whatIf = JSON.parse(await run(name, 'score', '2024Q1', '--as-of', '2999-01-01T00:00:00+08:00', '--json'));
    const backup = join(directory, `${NAMES.indexOf(name)}.tar`);
    await run(name, 'backup', backup);
    await run(name, 'restore', backup, '--force');
    // The views of the restored database read its own tables.
    expect(JSON.parse(await run(name, 'score', '2024Q1', '--json'))).toEqual(score);
    // When it was computed differs.
    answers.push([score, whatIf].map(({ as_of: _, ...figures }) => figures));
  }
  expect(answers[1]).toEqual(answers[0]);
  expect(answers[2]).toEqual(answers[0]);
});
