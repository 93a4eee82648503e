/**
 * `npm test`: builds the dashboard if needed, then runs Vitest over all rooms. Arguments go to Vitest.
 * With CI set, a skipped test fails the run: in CI nothing may be skipped.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureBuild } from '@hengjian/dashboard/build-app.ts';

interface Report {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
  numTotalTests: number;
  success: boolean;
  testResults: { name: string; assertionResults: { status: string; fullName: string }[] }[];
}

await ensureBuild();

const directory = mkdtempSync(join(tmpdir(), 'hengjian-report-'));
const outputFile = join(directory, 'report.json');
const vitest = fileURLToPath(new URL('../node_modules/vitest/vitest.mjs', import.meta.url));
const root = fileURLToPath(new URL('..', import.meta.url));
const run = spawnSync(
  process.execPath,
  [
    '--disable-warning=ExperimentalWarning',
    vitest,
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${outputFile}`,
    ...process.argv.slice(2),
  ],
  { cwd: root, stdio: 'inherit' },
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
console.log(
  `${report?.numPassedTests ?? 0} passed, ${wrong ? Math.max(failed, 1) : 0} failed${skipped.length > 0 ? `, ${skipped.length} skipped` : ''}`,
);
process.exit(wrong ? 1 : 0);
