// Runs under the host's Node (20 or newer) before every npm script: installs what the lock file says unless that is
// already in place. Everything after it runs on the Node of the npm package `node`, which npm scripts find first.
import { spawnSync } from 'node:child_process';
import { existsSync, statSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
process.chdir(root);

const [major] = process.versions.node.split('.').map(Number);
if (major < 20) {
  console.error(
    `Hengjian needs Node.js 20 or newer to set itself up; this is ${process.version}. See https://nodejs.org/.`,
  );
  process.exit(1);
}

const stamp = 'node_modules/.hengjian-setup';
const inPlace = existsSync(stamp) && statSync(stamp).mtimeMs >= statSync('package-lock.json').mtimeMs;
if (!inPlace) {
  console.error('Setting up: installing packages (about 1 GB, once) …');
  // `install --no-save` rather than `ci`: it honours the lock file without changing it, and keeps what is in place.
  const npm = process.env.npm_execpath;
  const args = ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error'];
  const result = npm?.endsWith('.js')
    ? spawnSync(process.execPath, [npm, ...args], { stdio: ['ignore', 2, 2] })
    : spawnSync('npm', args, { stdio: ['ignore', 2, 2], shell: process.platform === 'win32' });
  if (result.status !== 0) {
    console.error(
      'The packages could not be installed; the lines above say why. Without internet, set up once on a machine with it and copy the folder.',
    );
    process.exit(result.status ?? 1);
  }
  writeFileSync(stamp, `${new Date().toISOString()}\n`);
}
