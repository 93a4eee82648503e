import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/** The folders that hold the product. */
export const ROOMS = [
  'contract',
  'warehouse',
  'ingest',
  'models',
  'observe',
  'documents',
  'generator',
  'dashboard',
  'operations',
  'benchmarks',
];

const MADE = /^(node_modules|build|\.svelte-kit)$/;

/** TypeScript and Svelte files of all rooms, from the root of the repository; what was built or installed aside. */
export function sourceFiles(root: string): string[] {
  return ROOMS.flatMap((room) => filesIn(root, room));
}

/** Tests, and what only they use. */
export const isOfTests = (file: string): boolean => /\.test\.ts$|\/testing\/|^dashboard\/e2e\//.test(file);

function filesIn(root: string, directory: string): string[] {
  return readdirSync(join(root, directory), { withFileTypes: true }).flatMap((entry) => {
    const path = `${directory}/${entry.name}`;
    if (MADE.test(entry.name)) return [];
    if (entry.isDirectory()) return filesIn(root, path);
    return /\.(ts|svelte)$/.test(entry.name) ? [path] : [];
  });
}
