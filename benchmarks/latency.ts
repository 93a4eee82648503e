/**
 * From an event to the ranking: how long after it was sent a mark changes the score that the public API shows, with
 * nothing else going on and under steady load; straight into the warehouse and (`--kafka`) through a real broker.
 *
 *   node benchmarks/latency.ts [--kafka] [--load 0,100,1000] [--probes 120]
 */
import { createWriteStream, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { generateDistrict } from '@hengjian/generator';
import type { Warehouse } from '@hengjian/warehouse';
import { runHengjian } from './child.ts';
import { type Figure, figureTable, median } from './figure.ts';
import { cutBatches } from './load/event-batches.ts';
import { prepareEvents } from './load/prepare-events.ts';
import { signIn } from './load/sign-in.ts';
import { type Product, startProduct } from './load/start-product.ts';
import { steadyEvents } from './load/steady-events.ts';
import { type Probe, watchScore } from './load/watch-score.ts';

export interface LatencyOptions {
  kafka: boolean;
  /** events/s beside the probes, one measurement each; 0: none */
  loads: number[];
  probes: number;
}

export const LATENCY_DEFAULTS: LatencyOptions = { kafka: false, loads: [0, 100, 1000], probes: 120 };
const BATCH = 10;
const PROBE_EVERY_MS = 800;
/** From the start of the load to the first probe. */
const SETTLE_MS = 5_000;

/** The present quarter in China, like `2026Q4`. */
function presentQuarter(now = new Date()): string {
  const local = new Date(now.getTime() + 8 * 3_600_000);
  return `${local.getUTCFullYear()}Q${Math.floor(local.getUTCMonth() / 3) + 1}`;
}

/** @param onFigures hears of each load when it has been measured */
export async function benchLatency(
  { kafka, loads, probes }: LatencyOptions,
  onFigures?: (figures: readonly Figure[]) => void,
): Promise<Figure[]> {
  const directory = mkdtempSync(join(tmpdir(), 'hengjian-bench-'));
  const product = await startProduct({ kafka, workers: 1, keys: 2 });
  try {
    await loadDistrict(product, join(directory, 'district.ndjson'));
    const cookie = await signIn(product.signInLink);
    const events = join(directory, 'events.ndjson');
    prepareEvents(events, 20_000);
    const target = {
      url: product.url,
      keys: product.keys.slice(0, 1),
      batches: cutBatches(readFileSync(events, 'utf8'), BATCH),
      batch: BATCH,
      connections: 128,
    };
    let probed = 0;
    const probe = (count: number): Promise<Probe[]> => {
      probed += count;
      return watchScore({
        url: product.url,
        key: product.keys[1]!,
        dashboard: product.dashboard,
        cookie,
        quarter: presentQuarter(),
        probes: count,
        from: probed - count,
        every: PROBE_EVERY_MS,
      });
    };
    await probe(3); // the first marks of a quarter, and whatever is slow the first time
    const figures: Figure[] = [];
    for (const asked of loads) {
      const stop = asked > 0 ? steadyEvents(asked, target) : undefined;
      if (stop) await pause(SETTLE_MS);
      const build = await lastBuild(product.warehouse);
      const seen = await probe(probes);
      const load = { asked, ...((await stop?.()) ?? { rate: 0, faults: 0 }) };
      const found = figuresOf(seen, load, await refreshesAfter(product.warehouse, build));
      onFigures?.(found);
      figures.push(...found);
    }
    return figures;
  } finally {
    await product.close();
    rmSync(directory, { recursive: true, force: true });
  }
}

/** A demo district up to now, and its scores. */
async function loadDistrict({ env, warehouse }: Product, file: string): Promise<void> {
  await pipeline(Readable.from(generateDistrict({ until: new Date() })), createWriteStream(file));
  await runHengjian(['import', file], env);
  await runHengjian(['refresh'], env);
  // The scheduler may be at the same: the first probe waits for neither.
  for (let idle = 0; idle < 3; await pause(1000)) {
    const [row] = await warehouse.query<{ waiting: number }>(
      'SELECT (SELECT count() FROM events) - (SELECT argMax(events, refreshed_at) FROM refreshes) AS waiting',
    );
    idle = row!.waiting === 0 ? idle + 1 : 0;
  }
}

const percentile = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.ceil(values.length * share) - 1)]!;

function figuresOf(
  seen: readonly Probe[],
  load: { asked: number; rate: number; faults: number },
  refreshes: readonly number[],
): Figure[] {
  const visible = seen.map((probe) => probe.visible);
  const what = load.asked === 0 ? 'no other load' : `${load.asked.toLocaleString('en')} events/s`;
  const attained = load.asked === 0 ? '' : `; ${Math.round(load.rate)} events/s sent, ${load.faults} faults`;
  return [
    { name: `event → ranking, ${what}, p50`, value: percentile(visible, 0.5), unit: 'ms' },
    {
      name: '  p99',
      value: percentile(visible, 0.99),
      unit: 'ms',
      note: `${seen.length} probes, slowest ${Math.round(Math.max(...visible))} ms${attained}`,
    },
    {
      name: '  until the 202, p50',
      value: percentile(
        seen.map((probe) => probe.acknowledged),
        0.5,
      ),
      unit: 'ms',
    },
    {
      name: '  a refresh meanwhile, median',
      value: median(refreshes),
      unit: 'ms',
      note: `${refreshes.length} refreshes, longest ${Math.max(...refreshes)} ms`,
    },
  ];
}

/** How long each refresh took that changed something, ms. */
async function refreshesAfter(warehouse: Warehouse, build: number): Promise<number[]> {
  const rows = await warehouse.query<{ ms: number }>(
    'SELECT duration_ms AS ms FROM refreshes WHERE build > {build:UInt64} AND notEmpty(quarters)',
    { build },
  );
  return rows.map(({ ms }) => ms);
}

async function lastBuild(warehouse: Warehouse): Promise<number> {
  const [row] = await warehouse.query<{ build: number }>('SELECT max(build) AS build FROM refreshes');
  return row!.build;
}

function options(): LatencyOptions {
  const { values } = parseArgs({
    options: { kafka: { type: 'boolean', default: false }, load: { type: 'string' }, probes: { type: 'string' } },
  });
  const whole = (name: string, text: string): number => {
    const value = Number(text);
    if (!Number.isInteger(value) || value < 0) throw new RangeError(`--${name} takes whole numbers, not "${text}"`);
    return value;
  };
  return {
    kafka: values.kafka,
    loads: values.load?.split(',').map((text) => whole('load', text)) ?? LATENCY_DEFAULTS.loads,
    probes: values.probes === undefined ? LATENCY_DEFAULTS.probes : Math.max(1, whole('probes', values.probes)),
  };
}

if (import.meta.main) await benchLatency(options(), (figures) => console.log(figureTable(figures)));
