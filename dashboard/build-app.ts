import { spawn } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { glob, mkdir, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readEnvironment } from '@hengjian/warehouse';
import { baseOf } from './public-address.ts';

const room = import.meta.dirname;
const pages = ['src/**/*', 'static/**/*', 'accounts/**/*.ts', 'vite.config.ts', 'package.json'];
/** Of other rooms everything: queries and texts are TypeScript, models SQL, calendars and rule sets YAML. */
const bundled = ['**/*'];
const day = 24 * 3_600_000;

/**
 * The directory of a build of the present sources, made when there is none. Builds stand beside each other under
 * `build/<hash of what they are made of>` and appear there by a rename, so that a running dashboard never loses the files under
 * it and two starts at once do no harm. Takes a few seconds when the sources have changed, nothing otherwise.
 * @param base the path under which it is served ('' or like '/hengjian'): SvelteKit writes it into every address of a build,
 *   so each has a build of its own
 * @throws with the build's own output when it fails.
 */
export async function ensureBuild(base = ''): Promise<string> {
  const sources = await hashSources();
  const target = join(
    room,
    'build',
    base ? `${sources}-${createHash('sha256').update(base).digest('hex').slice(0, 8)}` : sources,
  );
  if (existsSync(join(target, 'handler.js'))) return target;
  const obstacle = cannotBeBuiltIn(room);
  if (obstacle) throw new Error(obstacle);
  const making = `.${randomUUID()}`;
  const out = join(room, 'build', making);
  await mkdir(join(room, 'build'), { recursive: true });
  try {
    await runVite(base, out, join(room, 'build', `${making}-kit`));
    await rename(out, target).catch((error: unknown) => {
      // Another start was quicker with the same sources.
      if (!existsSync(join(target, 'handler.js'))) throw error;
    });
  } finally {
    await rm(out, { recursive: true, force: true });
    await rm(`${out}-kit`, { recursive: true, force: true });
  }
  await removeOldBuilds(sources);
  return target;
}

/**
 * The build tool reads `#` and `?` in a path as parts of an address and fails with hundreds of lines; all else may stand in one.
 * @returns what to do, undefined where nothing stands in the way
 */
export function cannotBeBuiltIn(path: string): string | undefined {
  const sign = /[#?]/.exec(path)?.[0];
  return sign === undefined
    ? undefined
    : `the dashboard cannot be built in ${path}, because its path holds "${sign}"; move the folder to a path without it`;
}

/**
 * A name for all that a build is made of: the pages, the rooms that are bundled into them, the versions of libraries.
 * @param project the directory of the rooms
 */
export async function hashSources(project = join(room, '..')): Promise<string> {
  const files = ['package-lock.json'];
  const find = async (name: string, patterns: string[]) => {
    const exclude = ['**/node_modules/**', '**/testing/**', '**/*.test.ts'];
    for await (const file of glob(patterns, { cwd: join(project, name), exclude })) files.push(join(name, file));
  };
  await find('dashboard', pages);
  for (const name of await roomsOf(project, 'dashboard')) await find(name, bundled);
  const hash = createHash('sha256');
  for (const file of files.sort()) {
    const path = join(project, file);
    if (!(await stat(path)).isFile()) continue;
    const content = await readFile(path);
    hash.update(`${file}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex').slice(0, 16);
}

/** The rooms that a room is made with, by its package.json and theirs. */
async function roomsOf(project: string, name: string, known = new Set<string>()): Promise<Set<string>> {
  const text = await readFile(join(project, name, 'package.json'), 'utf8');
  const { dependencies = {} } = JSON.parse(text) as { dependencies?: Record<string, string> };
  for (const library of Object.keys(dependencies)) {
    const other = /^@hengjian\/(.+)$/.exec(library)?.[1];
    if (!other || known.has(other)) continue;
    known.add(other);
    await roomsOf(project, other, known);
  }
  return known;
}

/** A process of its own: SvelteKit reads its configuration from the working directory. */
function runVite(base: string, out: string, kit: string): Promise<void> {
  const vite = join(fileURLToPath(import.meta.resolve('vite/package.json')), '..', 'bin', 'vite.js');
  const child = spawn(process.execPath, [vite, 'build', '--logLevel', 'warn'], {
    cwd: room,
    env: {
      ...process.env,
      HENGJIAN_BUILD_BASE: base,
      HENGJIAN_BUILD_OUT: out,
      HENGJIAN_BUILD_KIT: kit,
      NODE_ENV: 'production',
      FORCE_COLOR: '0',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(`the dashboard could not be built:\n${output}`)),
    );
  });
}

/** Earlier builds may still be in use for a while, and those for other paths for as long as the sources are these. */
async function removeOldBuilds(sources: string): Promise<void> {
  const folder = join(room, 'build');
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    const age = Date.now() - (await stat(path)).mtimeMs;
    if (!name.startsWith(sources) && age > day) await rm(path, { recursive: true, force: true });
  }
}

if (import.meta.main) await ensureBuild(baseOf(readEnvironment()));
