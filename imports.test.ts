/** Imports point one way: dashboard → observe → models; documents → models → warehouse ← ingest; all → contract; operations and the front door → all; generator alone. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const allowed: Record<string, string[]> = {
  contract: [],
  warehouse: ['contract'],
  ingest: ['contract', 'warehouse'],
  models: ['contract', 'warehouse'],
  observe: ['contract', 'models', 'warehouse'],
  documents: ['models', 'warehouse'],
  generator: [],
  dashboard: ['contract', 'models', 'observe', 'warehouse'],
  operations: ['contract', 'warehouse', 'ingest', 'models', 'observe', 'generator', 'documents', 'dashboard'],
  benchmarks: [
    'contract',
    'warehouse',
    'ingest',
    'models',
    'observe',
    'generator',
    'documents',
    'dashboard',
    'operations',
  ],
};
/** Pages are tested on the real pipeline, so browser tests may load events; the generator's commands take the context's type. */
const exceptions: Record<string, string[]> = {
  'dashboard/e2e/': ['ingest', 'generator', 'operations'],
  'ingest/testing/': ['models', 'operations'],
};

const root = import.meta.dirname;
const rooms = Object.keys(allowed);

function sources(directory: string): string[] {
  return readdirSync(join(root, directory), { withFileTypes: true }).flatMap((entry) => {
    const path = `${directory}/${entry.name}`;
    if (/^(node_modules|build|\.svelte-kit)$/.test(entry.name)) return [];
    if (entry.isDirectory()) return sources(path);
    return /\.(ts|svelte)$/.test(entry.name) ? [path] : [];
  });
}

test.each(rooms)('%s imports only what it may', (room) => {
  const wrong: string[] = [];
  for (const file of sources(room)) {
    const text = readFileSync(join(root, file), 'utf8');
    const may = [
      room,
      ...allowed[room]!,
      ...Object.entries(exceptions).flatMap(([prefix, extra]) => (file.startsWith(prefix) ? extra : [])),
    ];
    for (const [, name] of text.matchAll(/(?:from|import\()\s*['"]@hengjian\/([a-z]+)/g)) {
      if (!may.includes(name!) && !/\.test\.ts$/.test(file)) wrong.push(`${file} → ${name}`);
    }
    for (const [, path] of text.matchAll(/(?:from|import\()\s*['"](\.\.?\/[^'"]+)['"]/g)) {
      const target = join(file, '..', path!).split('/')[0]!;
      if (target !== room && rooms.includes(target)) wrong.push(`${file} → ${path} (use @hengjian/${target})`);
    }
  }
  expect(wrong).toEqual([]);
});

test('no source file is longer than 300 lines (tests and what only they use aside)', () => {
  const long = rooms.flatMap(sources).flatMap((file) => {
    if (/\.test\.ts$|\/testing\//.test(file)) return [];
    const lines = readFileSync(join(root, file), 'utf8').split('\n').length;
    return lines > 300 ? [`${file}: ${lines}`] : [];
  });
  expect(long).toEqual([]);
});

test('rooms are folders by job', () => {
  const shelves = rooms.flatMap(sources).filter((file) => /\/(utils?|common|helpers?|services?)(\/|\.ts$)/.test(file));
  expect(shelves).toEqual([]);
});
