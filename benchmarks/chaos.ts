/**
 * `npm run chaos -w benchmarks [-- --events N --rounds N --seed N]`: the chaos test for as long as one likes. Ends with the
 * report as one JSON line; exit code 1 when the books do not balance.
 */
import { parseArgs } from 'node:util';
import { runChaos } from '@hengjian/operations/chaos/run-chaos.ts';

const DEFAULTS = { events: 2_000_000, rounds: 100, seed: 1 };

function numberOf(name: keyof typeof DEFAULTS, given: string | undefined): number {
  if (given === undefined) return DEFAULTS[name];
  const value = Number(given.replaceAll('_', ''));
  if (Number.isInteger(value) && value >= 1) return value;
  console.error(`--${name} must be a whole number from 1, not "${given}".`);
  process.exit(2);
}

const { values } = parseArgs({
  options: { events: { type: 'string' }, rounds: { type: 'string' }, seed: { type: 'string' } },
});
const events = numberOf('events', values.events);
const rounds = numberOf('rounds', values.rounds);
const seed = numberOf('seed', values.seed);
const started = performance.now();
const say = (message: string) =>
  console.log(`${((performance.now() - started) / 1000).toFixed(0).padStart(5)} s  ${message}`);

say(`${events.toLocaleString('en')} events, ${rounds} kills, seed ${seed}`);
const report = await runChaos({ events, rounds, seed, onProgress: say });
for (const difference of report.differences) say(`DIFFERENT: ${difference}`);
if (report.differences.length === 0)
  say(`the books balance: each record one row, rows and scores of ${report.quarters} quarters as imported from a file`);
console.log(JSON.stringify(report));
process.exitCode = report.differences.length === 0 ? 0 : 1;
