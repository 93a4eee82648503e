import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { hashOfKey, type IngestKey } from './ingest-key.ts';
import { RememberedKeys } from './remembered-keys.ts';

let dataDir: string;
let warnings: string[];
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'hengjian-keys-'));
  warnings = [];
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));
const logger = () => pino({ level: 'warn' }, { write: (line: string) => void warnings.push(JSON.parse(line).msg) });
const memory = (clickhouseUrl?: string, directory = dataDir) =>
  new RememberedKeys({ dataDir: directory, clickhouseUrl }, logger());
const KEYS = new Map<string, IngestKey>([
  [hashOfKey('hj_any'), { name: 'any', sources: [], units: [], may: [] }],
  [hashOfKey('hj_one'), { name: 'one', sources: ['/systems/one'], units: ['scjg', 'czj'], may: ['office'] }],
]);

test('what was remembered is known to the next one, of this warehouse only', () => {
  const server = 'http://u:secret@db:8123/hengjian';
  memory(server).remember(KEYS);
  expect(memory(server).keys()).toEqual(KEYS);
  expect(memory('http://other:words@db:8123/hengjian').keys()).toEqual(KEYS);
  for (const other of [undefined, 'http://db:8123/another', 'http://db:9000/hengjian'])
    expect(memory(other).keys()).toEqual(new Map());
  const file = join(dataDir, 'ingest-keys.json');
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readFileSync(file, 'utf8')).not.toMatch(/hj_|secret/);
  expect(warnings).toEqual([]);
});

test('a file that is damaged, and a directory that is not there, are said and otherwise harmless', () => {
  writeFileSync(join(dataDir, 'ingest-keys.json'), '{"warehouse":"embedded","keys":[["');
  const keys = memory();
  expect(keys.keys()).toEqual(new Map());
  keys.remember(KEYS);
  expect(memory().keys()).toEqual(KEYS);
  const nowhere = memory(undefined, join(dataDir, 'nowhere'));
  expect(nowhere.keys()).toEqual(new Map());
  nowhere.remember(KEYS);
  expect(warnings).toEqual([
    'the remembered keys cannot be read',
    'keys cannot be remembered for a start without the warehouse',
  ]);
});

test('a file of the version before grants gives what the migration of the keys gives', () => {
  const earlier = [
    ['h1', { name: 'any', units: [] }],
    ['h2', { name: 'registry', source: 'urn:r', units: [] }],
    ['h3', { name: 'unit', units: ['scjg'] }],
  ];
  writeFileSync(join(dataDir, 'ingest-keys.json'), JSON.stringify({ warehouse: 'embedded', keys: earlier }));
  expect([...memory().keys().values()]).toEqual([
    { name: 'any', sources: [], units: [], may: [] },
    { name: 'registry', sources: ['urn:r'], units: [], may: ['registry'] },
    { name: 'unit', sources: [], units: ['scjg'], may: [] },
  ]);
});
