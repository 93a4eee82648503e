/**
 * `npm test` runs the fast tier: everything but `*.slow.test.ts` and `*.chaos.test.ts`. `--rest` runs those two,
 * `--all` everything; other arguments go to Vitest. For browsers the dashboard is built first if needed.
 * With CI set, a skipped test fails the run, and fast files that are not fast are named.
 */
import { spawnSync } from 'node:child_process';
import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureBuild } from '@hengjian/dashboard/build-app.ts';

interface Report {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
  numTotalTests: number;
  success: boolean;
  testResults: {
    name: string;
    startTime: number;
    endTime: number;
    assertionResults: { status: string; fullName: string }[];
  }[];
}

const FAST_FILE_MS = 10_000;
const given = process.argv.slice(2);
const tier = given.includes('--all') ? 'all' : given.includes('--rest') ? 'rest' : 'fast';
const passedOn = given.filter((argument) => argument !== '--all' && argument !== '--rest');
// Whoever names files wants those.
const named = passedOn.some((argument) => !argument.startsWith('-'));

if (tier !== 'fast' || named) await ensureBuild();

// Of this run: its report, and the filled warehouses that test files copy (warehouse/testing.ts).
const directory = mkdtempSync(join(tmpdir(), 'hengjian-tests-'));
const outputFile = join(directory, 'report.json');
const vitest = fileURLToPath(new URL('../node_modules/vitest/vitest.mjs', import.meta.url));
const root = fileURLToPath(new URL('..', import.meta.url));
const started = performance.now();
const run = spawnSync(
  process.execPath,
  [
    '--disable-warning=ExperimentalWarning',
    vitest,
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${outputFile}`,
    ...passedOn,
  ],
  {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, HENGJIAN_TEST_TIER: named ? 'all' : tier, HENGJIAN_TEST_TEMPLATES: directory },
  },
);

let report: Report | undefined;
try {
  report = JSON.parse(readFileSync(outputFile, 'utf8')) as Report;
} catch {
  console.error('Vitest left no report.');
}
rmSync(directory, { recursive: true, force: true });

const skipped =
  report?.testResults.flatMap((file) =>
    file.assertionResults
      .filter((test) => test.status !== 'passed' && test.status !== 'failed')
      .map((test) => test.fullName),
  ) ?? [];
for (const name of skipped) console.log(`skipped: ${name}`);
const failed = report?.numFailedTests ?? 0;
const wrong =
  run.status !== 0 ||
  !report ||
  (report.numPassedTests === 0 && skipped.length === 0) ||
  (Boolean(process.env.CI) && skipped.length > 0);
if (wrong && failed === 0)
  console.error(
    skipped.length > 0 && process.env.CI
      ? 'In CI nothing may be skipped.'
      : 'The run failed outside a test; see above.',
  );
if (process.env.CI && tier === 'fast')
  for (const { name, startTime, endTime } of report?.testResults ?? [])
    if (endTime - startTime > FAST_FILE_MS)
      console.log(
        `${relative(root, name)} took ${Math.round((endTime - startTime) / 1000)} s: too long for the fast tier`,
      );
if (tier === 'fast' && !named) console.log(`the fast tier took ${Math.round((performance.now() - started) / 1000)} s`);
const counts = [report?.numPassedTests ?? 0, wrong ? Math.max(failed, 1) : 0, skipped.length];
console.log(inWords(counts));
// Several runs that make one result keep its sum in a file: the last line is theirs together.
const tally = process.env.HENGJIAN_TEST_TALLY;
if (tally) {
  const before = existsSync(tally) ? readFileSync(tally, 'utf8').trim().split('\n') : [];
  appendFileSync(tally, `${counts.join(' ')}\n`);
  for (const line of before) for (const [n, value] of line.split(' ').entries()) counts[n]! += Number(value);
  if (before.length > 0) console.log(inWords(counts));
}
process.exit(wrong ? 1 : 0);

function inWords([passed, wrongOnes, left]: readonly number[]): string {
  return `${passed} passed, ${wrongOnes} failed${left ? `, ${left} skipped` : ''}`;
}
