import { appendFileSync, cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cannotBeBuiltIn, hashSources } from './build-app.ts';

const project = join(import.meta.dirname, '..');
const copy = mkdtempSync(join(tmpdir(), 'hengjian-sources-'));
beforeAll(async () => {
  const filter = (path: string) => !/\/(node_modules|build|\.svelte-kit)$/.test(path);
  for (const name of [
    'dashboard',
    'contract',
    'documents',
    'models',
    'observe',
    'warehouse',
    'ingest',
    'package-lock.json',
  ])
    cpSync(join(project, name), join(copy, name), { recursive: true, filter });
  hash = await hashSources(copy);
});
afterAll(() => rmSync(copy, { recursive: true, force: true }));

/** Of the copy as it stands. */
let hash: string;
const changes = async (file: string) => {
  const before = hash;
  appendFileSync(join(copy, file), '\n');
  hash = await hashSources(copy);
  return hash !== before;
};

test('the same sources elsewhere are the same build', async () => {
  expect(hash).toBe(await hashSources());
});

test.each([
  'dashboard/src/app.html',
  'dashboard/vite.config.ts',
  'observe/queries/stream-lag.ts',
  'observe/alerts/describe-alert.ts',
  'models/sql/marts/mart_item_scores.sql',
  'models/ruleset/builtin/nantong-etdz.yaml',
  'warehouse/warehouse.ts',
  'package-lock.json',
])('another %s makes another build', async (file) => {
  expect(await changes(file)).toBe(true);
});

test.each([
  'observe/queries/stream.test.ts',
  'models/testing/marts.ts',
  'dashboard/build-app.test.ts',
  'ingest/index.ts',
])('%s is in no page: the build stays', async (file) => {
  expect(await changes(file)).toBe(false);
});

test('a path that the build tool cannot read is told in one sentence; blanks, Chinese, quotes and signs of shells are none', () => {
  expect(cannotBeBuiltIn('/srv/衡 鉴&%25\'"<x>/dashboard')).toBeUndefined();
  expect(cannotBeBuiltIn('/srv/c#/dashboard')).toMatch(/holds "#"; move the folder/);
  expect(cannotBeBuiltIn('/srv/what?/dashboard')).toMatch(/holds "\?"; move the folder/);
});
