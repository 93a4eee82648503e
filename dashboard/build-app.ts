import { spawn } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { glob, mkdir, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

const room = import.meta.dirname;
const sources = ['src/**/*', 'static/**/*', 'accounts/**/*.ts', 'vite.config.ts', 'package.json'];
const day = 24 * 3_600_000;

/**
 * The directory of a build of the present sources, made when there is none. Builds stand beside each other under
 * `build/<hash of the sources>` and appear there by a rename, so that a running dashboard never loses the files under
 * it and two starts at once do no harm. Takes a few seconds when the sources have changed, nothing otherwise.
 * @throws with the build's own output when it fails.
 */
export async function ensureBuild(): Promise<string> {
  const target = join(room, 'build', await hashSources());
  if (existsSync(join(target, 'handler.js'))) return target;
  const making = `.${randomUUID()}`;
  const out = join(room, 'build', making);
  await mkdir(join(room, 'build'), { recursive: true });
  try {
    await runVite(out, join(room, 'build', `${making}-kit`));
    await rename(out, target).catch((error: unknown) => {
      // Another start was quicker with the same sources.
      if (!existsSync(join(target, 'handler.js'))) throw error;
    });
  } finally {
    await rm(out, { recursive: true, force: true });
    await rm(`${out}-kit`, { recursive: true, force: true });
  }
  await removeOldBuilds(target);
  return target;
}

async function hashSources(): Promise<string> {
  const files: string[] = [];
  for await (const file of glob(sources, { cwd: room })) files.push(file);
  const hash = createHash('sha256');
  for (const file of files.sort()) {
    if (file.endsWith('.test.ts') || !(await stat(join(room, file))).isFile()) continue;
    hash
      .update(file)
      .update('\0')
      .update(await readFile(join(room, file)));
  }
  return hash.digest('hex').slice(0, 16);
}

/** A process of its own: SvelteKit reads its configuration from the working directory. */
function runVite(out: string, kit: string): Promise<void> {
  const vite = join(import.meta.resolve('vite/package.json').replace('file://', ''), '..', 'bin', 'vite.js');
  const child = spawn(process.execPath, [vite, 'build', '--logLevel', 'warn'], {
    cwd: room,
    env: { ...process.env, HENGJIAN_BUILD_OUT: out, HENGJIAN_BUILD_KIT: kit, NODE_ENV: 'production', FORCE_COLOR: '0' },
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

/** Earlier builds may still be in use for a while. */
async function removeOldBuilds(current: string): Promise<void> {
  const folder = join(room, 'build');
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    const age = Date.now() - (await stat(path)).mtimeMs;
    if (path !== current && age > day) await rm(path, { recursive: true, force: true });
  }
}

if (import.meta.main) await ensureBuild();
