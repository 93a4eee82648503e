/** A checkout where people put it: `npm start -- --demo` from, and on, paths that shells, XML and URLs read as their own. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { cpSync, existsSync, globSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';

const root = join(import.meta.dirname, '..', '..');
const place = mkdtempSync(join(tmpdir(), "衡 鉴&%25 'x-"));
const checkout = join(place, '衡 鉴');
let started: ChildProcess | undefined;
afterAll(async () => {
  if (started && started.exitCode === null) {
    const ended = new Promise((resolve) => started!.once('close', resolve));
    // npm, the shell that it starts, and the product.
    process.kill(-started.pid!, 'SIGINT');
    await ended;
  }
  rmSync(place, { recursive: true, force: true });
}, 120_000);

const MADE = ['node_modules', 'build', '.svelte-kit', '.cache', '.data', '.git', 'coverage'];

/** All that is not made by the product itself; packages as hard links where the disk is the same. */
function copyCheckout(): void {
  cpSync(root, checkout, { recursive: true, filter: (path) => !MADE.includes(basename(path)) || path === root });
  for (const packages of globSync(['node_modules', '*/node_modules'], { cwd: root })) {
    const [from, to] = [join(root, packages), join(checkout, packages)];
    try {
      execFileSync('cp', ['-al', from, to], { stdio: 'ignore' });
    } catch {
      execFileSync('cp', ['-a', from, to]);
    }
  }
  // A file of its own, not the linked one: what stands in the lock file is in place.
  const stamp = join(checkout, 'node_modules/.hengjian-setup');
  rmSync(stamp, { force: true });
  writeFileSync(stamp, '');
}

/** @throws with all that was said if it ends before it is ready */
function startDemo(dataDir: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn('npm', ['start', '--', '--demo'], {
      cwd: checkout,
      detached: true,
      env: { ...process.env, HENGJIAN_DATA_DIR: dataDir, INGEST_PORT: '0', DASHBOARD_PORT: '0', LOG_LEVEL: 'warn' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    started = child;
    let said = '';
    const hear = (text: string) => {
      said += text;
      if (said.includes('Ctrl-C')) resolve(said);
    };
    child.stdout.setEncoding('utf8').on('data', hear);
    child.stderr.setEncoding('utf8').on('data', hear);
    child.once('error', reject);
    child.once('close', (code) => reject(new Error(`npm start ended with ${code}:\n${said}`)));
  });
}

test('a checkout under 衡 鉴/: the demo starts on a directory with & < and quotes, and shows its ranking', async () => {
  copyCheckout();
  expect(existsSync(join(checkout, 'hengjian.ts'))).toBe(true);
  const said = await startDemo(join(place, `data & <b> "q"`));
  // What others warn of (npm, Node) is theirs; an engine or a part that did not come says so in these words.
  expect(said).not.toMatch(/said nothing|did not answer|ended before it/);
  const link = /http:\S+\/sign-in\/\S+/.exec(said)![0];
  const { origin } = new URL(link);
  const pressed = await fetch(link, {
    method: 'POST',
    redirect: 'manual',
    headers: { origin, accept: 'text/html', 'content-type': 'application/x-www-form-urlencoded' },
    body: 'attempt=',
  });
  expect(pressed.status).toBe(303);
  const cookie = pressed.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ');
  const ranking = await fetch(`${origin}/`, { headers: { cookie, accept: 'text/html' } });
  expect(ranking.status).toBe(200);
  expect(await ranking.text()).toMatch(/<table/);
}, 1_800_000);
