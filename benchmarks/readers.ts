/**
 * The day a circular goes out: requests/s of the scores API, the ranking and a unit's page on the demo district, fifty
 * readers of ten accounts at once, against what the same server gives without figures, `/health/live` and the sign-in
 * page; in turns, in one run, and again while events come in.
 *
 *   node benchmarks/readers.ts [--runs 3] [--seconds 3] [--load 100] [--with node|k6]
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Figure, figureTable, median, spread } from './figure.ts';
import { cutBatches } from './load/event-batches.ts';
import { type PlannedStep, planReaders, type ReadersProfile, type ReadResult } from './load/plan-readers.ts';
import { prepareEvents } from './load/prepare-events.ts';
import { readStep } from './load/read-steps.ts';
import profile from './load/readers.json' with { type: 'json' };
import { runK6Script } from './load/run-k6.ts';
import { type ReadersScene, startReaders } from './load/start-readers.ts';
import { steadyEvents } from './load/steady-events.ts';

export interface ReadersOptions {
  runs: number;
  /** of each measurement */
  seconds: number;
  /** events/s of the second half; 0: it is left out */
  load: number;
  with: 'node' | 'k6';
}

export const READERS_DEFAULTS: ReadersOptions = { runs: 3, seconds: 3, load: 100, with: 'node' };
/** What may be lost while events come in. */
const SLACK = 1 / 3;
const BATCH = 10;
/** From the first event to the first measurement: refreshes are under way then. */
const SETTLE_MS = 3_000;

/** The latest quarter that is over in China: the one that pages show without being asked for another. */
function lastQuarter(now = new Date()): string {
  const local = new Date(now.getTime() + 8 * 3_600_000);
  const number = Math.floor(local.getUTCMonth() / 3);
  return number === 0 ? `${local.getUTCFullYear() - 1}Q4` : `${local.getUTCFullYear()}Q${number}`;
}

export async function benchReaders(options: ReadersOptions): Promise<Figure[]> {
  const all = profile as ReadersProfile;
  const scene = await startReaders(all.readers);
  const directory = mkdtempSync(join(tmpdir(), 'hengjian-bench-'));
  try {
    const idle = await measure(scene, options, 0);
    const figures = figuresOf(idle, '', 0);
    if (options.load === 0) return figures;
    const file = join(directory, 'events.ndjson');
    prepareEvents(file, 20_000);
    const batches = cutBatches(readFileSync(file, 'utf8'), BATCH);
    const stop = steadyEvents(options.load, {
      url: scene.events,
      keys: [scene.key],
      batches,
      batch: BATCH,
      connections: 64,
    });
    await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
    const busy = await measure(scene, options, SLACK).finally(async () => {
      const { rate, faults } = await stop();
      const note = `${options.load} asked for, ${faults} requests went wrong`;
      figures.push({ name: 'events that came in meanwhile', value: rate, unit: 'events/s', note });
    });
    return [...figures, ...figuresOf(busy, ', events coming in', SLACK)];
  } finally {
    await scene.close();
    rmSync(directory, { recursive: true, force: true });
  }
}

interface Measured {
  step: PlannedStep;
  /** one for each run */
  results: ReadResult[];
}

/** Every step in turn, `runs` times. @throws Error when one is answered otherwise than with 200 */
async function measure(scene: ReadersScene, options: ReadersOptions, slack: number): Promise<Measured[]> {
  const all = profile as ReadersProfile;
  const quarter = lastQuarter();
  const steps = planReaders(all, { quarter, seconds: options.seconds });
  const measured = steps.map((step): Measured => ({ step, results: [] }));
  for (let run = 0; run < options.runs; run++) {
    const results = options.with === 'k6' ? await runK6(scene, options, quarter, slack) : await runTwin(scene, steps);
    for (const [n, result] of results.entries()) {
      if (result.failed > 0) throw new Error(`${result.failed} requests for ${steps[n]!.path} failed`);
      measured[n]!.results.push(result);
    }
  }
  return measured;
}

async function runTwin({ url, readers, pid }: ReadersScene, steps: readonly PlannedStep[]): Promise<ReadResult[]> {
  const results: ReadResult[] = [];
  for (const step of steps) results.push(await readStep(step, { url, readers, connections: readers.length, pid }));
  return results;
}

async function runK6(
  { url, readers }: ReadersScene,
  { seconds }: ReadersOptions,
  quarter: string,
  slack: number,
): Promise<ReadResult[]> {
  const script = join(import.meta.dirname, 'load/readers.k6.js');
  const { results } = await runK6Script<ReadResult>(script, {
    URL: url,
    READERS: JSON.stringify(readers),
    QUARTER: quarter,
    SECONDS: String(seconds),
    SLACK: String(slack),
  });
  return results;
}

function figuresOf(measured: readonly Measured[], when: string, slack: number): Figure[] {
  const rates = (name: string) => measured.find(({ step }) => step.name === name)!.results.map((result) => result.rate);
  return measured.flatMap(({ step, results }): Figure[] => {
    const { name, peer, atLeast, p95Ms } = step;
    const times = results.map(({ ms }) => ms.p95);
    const cpu = results.flatMap(({ cpuMs }) => (cpuMs === undefined ? [] : [cpuMs]));
    return [
      { name: `${name}${when}`, value: median(rates(name)), unit: 'requests/s', note: spread(rates(name)) },
      {
        name: '  p95',
        value: median(times),
        unit: 'ms',
        note: spread(times),
        ...(p95Ms === undefined ? {} : { aim: { atMost: p95Ms * (1 + slack) } }),
      },
      // What else the machine does changes it little: on a busy one it says more than the rest.
      ...(cpu.length === 0
        ? []
        : [{ name: '  processor time of a request', value: median(cpu), unit: 'ms', note: spread(cpu) }]),
      ...(peer === undefined || atLeast === undefined
        ? []
        : [ratioFigure(peer, rates(name), rates(peer), atLeast * (1 - slack))]),
    ];
  });
}

/** Neighbours of one run are compared: what else the machine does changes from run to run. */
function ratioFigure(peer: string, own: readonly number[], others: readonly number[], atLeast: number): Figure {
  const ratios = own.map((rate, run) => rate / others[run]!);
  return { name: `  ratio to ${peer}`, value: median(ratios), unit: '×', aim: { atLeast }, note: spread(ratios) };
}

function options(): ReadersOptions {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({ options: { runs: text, seconds: text, load: text, with: text } });
  const whole = (name: 'runs' | 'seconds' | 'load', least: number): number => {
    const given = values[name];
    if (given === undefined) return READERS_DEFAULTS[name];
    const value = Number(given);
    if (!Number.isInteger(value) || value < least)
      throw new RangeError(`--${name} must be a whole number from ${least}, not "${given}"`);
    return value;
  };
  if (values.with !== undefined && values.with !== 'node' && values.with !== 'k6')
    throw new RangeError(`--with is k6 or node, not "${values.with}"`);
  return { runs: whole('runs', 1), seconds: whole('seconds', 1), load: whole('load', 0), with: values.with ?? 'node' };
}

if (import.meta.main) console.log(figureTable(await benchReaders(options())));
