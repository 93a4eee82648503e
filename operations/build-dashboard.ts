/** Builds the dashboard when its build is missing or older than its sources: the one build step of the product. */
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const room = fileURLToPath(new URL('../dashboard/', import.meta.url));

export function isDashboardBuilt(): boolean {
  const built = join(room, 'build', 'index.js');
  if (!existsSync(built)) return false;
  const sources = ['src', 'static', 'vite.config.ts', 'package.json']
    .map((name) => join(room, name))
    .filter(existsSync);
  return newest(sources) <= statSync(built).mtimeMs;
}

/** @throws with the builder's output if the build fails. */
export function buildDashboard(): Promise<void> {
  return new Promise((resolve, reject) => {
    const vite = fileURLToPath(new URL('../node_modules/vite/bin/vite.js', import.meta.url));
    const child = spawn(process.execPath, [vite, 'build', '--logLevel', 'warn'], {
      cwd: room,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
    child.once('error', reject);
    child.once('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(`The dashboard could not be built:\n${output}`)),
    );
  });
}

function newest(paths: string[]): number {
  let latest = 0;
  for (const path of paths) {
    const stat = statSync(path);
    latest = Math.max(
      latest,
      stat.isDirectory() ? newest(readdirSync(path).map((name) => join(path, name))) : stat.mtimeMs,
    );
  }
  return latest;
}
