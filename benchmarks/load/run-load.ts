/**
 * `npm run load -w benchmarks -- PROFILE …`: load on the HTTP edge of a fresh product (or of a running one), by k6 or by
 * its twin in Node; ends with 99 when a threshold is not met, as k6 does.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { figureTable, missed } from '../figure.ts';
import { benchReaders, READERS_DEFAULTS } from '../readers.ts';
import { checkBooks } from './check-books.ts';
import { cutBatches } from './event-batches.ts';
import { type LoadOptions, loadOptions, USAGE } from './load-options.ts';
import { type Profiles, planSteps, type Step } from './plan-steps.ts';
import { prepareEvents } from './prepare-events.ts';
import profiles from './profiles.json' with { type: 'json' };
import { hasK6, runK6 } from './run-k6.ts';
import { sendSteps } from './send-steps.ts';
import { type Product, startProduct } from './start-product.ts';
import { faultsOf, resultTable, type StepResult, saturationOf, strictly } from './step-result.ts';
import { isFlat, memoryTable, type ProcessMemory, watchMemory } from './watch-memory.ts';
import { watchProcessor } from './watch-processor.ts';

const THRESHOLD_NOT_MET = 99;
const HOLD_SECONDS = 20;

interface Sent {
  steps: Step[];
  results: StepResult[];
  faults: string[];
}

/** Sends one profile and prints a line for each step. */
async function sendProfile(
  profile: string,
  options: LoadOptions,
  edge: { url: string; keys: string[]; events: string },
): Promise<Sent> {
  const { rate, batch, seconds, p99Ms, connections } = options;
  const steps = planSteps(profiles as Profiles, profile, { rate, seconds, p99Ms });
  const run = Date.now().toString(36);
  if (options.with === 'k6') {
    const { results, exitCode } = await runK6({ ...edge, profile, rate, batch, seconds, p99Ms, connections, run });
    const faults = steps.flatMap((step, index) => faultsOf(step, results[index]!));
    if (exitCode !== 0 && faults.length === 0) faults.push('k6: a threshold was not met');
    return { steps, results, faults };
  }
  const batches = cutBatches(readFileSync(edge.events, 'utf8'), batch);
  const results: StepResult[] = [];
  for await (const result of sendSteps(steps, { ...edge, batches, batch, run, connections })) {
    results.push(result);
    const lines = resultTable(steps, results).split('\n');
    console.log((results.length === 1 ? lines : lines.slice(-1)).join('\n'));
    if (profile === 'ramp' && isSaturated(steps, results)) break;
  }
  return {
    steps,
    results,
    faults: steps.flatMap((step, index) => (results[index] ? faultsOf(step, results[index]) : [])),
  };
}

/** Two steps one after the other that were not served in time: higher rates have nothing more to tell. */
function isSaturated(steps: readonly Step[], results: readonly StepResult[]): boolean {
  const served = results.map((result, index) => faultsOf(strictly(steps[index]!), result).length === 0);
  return served.length > 3 && !served.at(-1) && !served.at(-2);
}

/** A ramp, then the rate found for twenty seconds, then half of it. */
async function sendSaturation(options: LoadOptions, edge: Parameters<typeof sendProfile>[2]): Promise<Sent> {
  const ramp = await sendProfile('ramp', options, edge);
  const found = saturationOf(ramp.steps, ramp.results);
  if (!found) return { ...ramp, faults: ['no rate of the ramp was served in time'] };
  const { rate } = found.step;
  console.log(`\nsaturation: ${rate} requests/s of ${options.batch} events; again, and half of it:`);
  const again: Sent[] = [];
  for (const held of [rate, Math.max(1, Math.floor(rate / 2))])
    again.push(await sendProfile('steady', { ...options, rate: held, seconds: HOLD_SECONDS }, edge));
  return {
    steps: [ramp, ...again].flatMap(({ steps, results }) => steps.slice(0, results.length)),
    results: [ramp, ...again].flatMap(({ results }) => results),
    faults: again.flatMap(({ faults }) => faults),
  };
}

async function main(options: LoadOptions): Promise<number> {
  const directory = mkdtempSync(join(tmpdir(), 'hengjian-events-'));
  const events = join(directory, 'events.ndjson');
  let product: Product | undefined;
  try {
    prepareEvents(events, Math.max(options.events, options.batch));
    product = options.url === undefined ? await startProduct(options) : undefined;
    const edge = { url: product?.url ?? options.url!, keys: product?.keys ?? [options.key!], events };
    console.log(
      `${options.profile}, batches of ${options.batch}, sent by ${options.with}, ${product ? (options.kafka ? `Kafka and ${options.workers} worker` : 'without Kafka') : edge.url}\n`,
    );
    const watch = product && watchMemory(product.pids);
    const processor = product && watchProcessor(product.pids);
    const { steps, results, faults } =
      options.profile === 'saturation'
        ? await sendSaturation(options, edge)
        : await sendProfile(options.profile, options, edge);
    const memories: ProcessMemory[] = watch?.stop() ?? [];
    const shares = processor?.stop();
    if (product) {
      const percent = (share: number): string => `${(share * 100).toFixed(0)} %`;
      console.log(
        `\nprocessors: product ${percent(shares!.product)}, sender ${percent(shares!.sender)}, others ${percent(shares!.others)}`,
      );
      console.log(`\nmemory of its own (RssAnon), MB\n${memoryTable(memories)}`);
      const limit = (profiles as Profiles).profiles[options.profile]?.memory;
      if (limit)
        for (const memory of memories.filter((one) => !isFlat(one, limit)))
          faults.push(
            `memory of ${memory.process} is not flat: ${Math.max(memory.firstMb, memory.secondMb).toFixed(0)} → ${memory.lastMb.toFixed(0)} MB`,
          );
      faults.push(...(await checkBooks(product.warehouse, results)));
    }
    if (options.json) console.log(JSON.stringify({ steps, results, shares, memories, faults }));
    console.log(faults.length === 0 ? '\nall thresholds met' : `\nnot met:\n  ${faults.join('\n  ')}`);
    return faults.length === 0 ? 0 : THRESHOLD_NOT_MET;
  } finally {
    await product?.close();
    rmSync(directory, { recursive: true, force: true });
  }
}

/** Readers are another kind of load: what they are answered with is figures, not acknowledged events. */
async function readers({ rate, batch, seconds, with: tool }: LoadOptions): Promise<number> {
  const figures = await benchReaders({
    ...READERS_DEFAULTS,
    load: rate * batch,
    seconds: seconds ?? READERS_DEFAULTS.seconds,
    with: tool ?? 'node',
  });
  console.log(figureTable(figures));
  return missed(figures).length === 0 ? 0 : THRESHOLD_NOT_MET;
}

try {
  const options = loadOptions(process.argv.slice(2));
  if (options.with === 'k6' && !hasK6())
    throw new RangeError('k6 is not on the PATH: go install go.k6.io/k6@latest, or take --with node');
  const tool = options.with ?? (hasK6() ? 'k6' : 'node');
  process.exitCode = await (options.profile === 'readers' ? readers : main)({ ...options, with: tool });
} catch (error) {
  if (!(error instanceof RangeError || error instanceof TypeError)) throw error;
  console.error(`${error.message}\n${USAGE}`);
  process.exitCode = 2;
}
