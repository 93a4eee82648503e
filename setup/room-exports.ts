import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export type Exports = Record<string, string>;

/** `from '@hengjian/models/risk/outlook.ts'`, `import('@hengjian/models')`, `import.meta.resolve('@hengjian/…')`. */
const IMPORT = /(?:from |import |import\(|resolve\(\s*)['"]@hengjian\/([a-z]+)(?:\/([^'"]+))?['"]/g;

/**
 * What each room has to export: the files that another room imports, tests included. By room, as `exports` of its
 * package.json.
 * @param root the directory of the rooms
 * @throws when a room imports a file that is not there
 */
export function roomExports(root: string): Map<string, Exports> {
  const { workspaces } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { workspaces: string[] };
  const asked = new Map(workspaces.map((room) => [room, new Set<string>()]));
  const exclude = ['**/node_modules/**', '**/build/**', '**/.svelte-kit/**'];
  for (const file of globSync(`{*,{setup,${workspaces.join(',')}}/**/*}.{ts,mjs,svelte}`, { cwd: root, exclude }))
    for (const [, room, path] of readFileSync(join(root, file), 'utf8').matchAll(IMPORT)) {
      const target = path ?? 'index.ts';
      if (!existsSync(join(root, room!, target)))
        throw new Error(`${file} imports ${room}/${target}, which is not there`);
      asked.get(room!)?.add(target);
    }
  return new Map(
    [...asked].map(([room, paths]) => [
      room,
      Object.fromEntries(
        [...paths].sort().map((path) => [path === 'index.ts' ? '.' : `./${path}`, `./${path}`] as const),
      ),
    ]),
  );
}
