import { parseArgs } from 'node:util';

export interface LoadOptions {
  /** of `profiles.json`, or `saturation` */
  profile: string;
  /** requests/s */
  rate: number;
  /** events in each request */
  batch: number;
  seconds: number | undefined;
  p99Ms: number | undefined;
  with: 'k6' | 'node' | undefined;
  kafka: boolean;
  workers: number;
  connections: number;
  /** ingest keys to spread the requests over */
  keys: number;
  /** events to prepare; used again with new ids when they are used up */
  events: number;
  /** a running edge instead of a fresh product, with its key */
  url: string | undefined;
  key: string | undefined;
  json: boolean;
}

export const USAGE = `npm run load -w benchmarks -- PROFILE [--rate N] [--batch N] [--seconds N] [--kafka] [--with k6|node]
  PROFILE       steady, ramp, spike, soak (profiles.json), or saturation: a ramp, then its best rate and half of it;
                readers (readers.json): fifty at once on a demo district, also while --rate × --batch events/s (100) come in
  --rate N      requests/s (100); --batch N  events in each (10); --seconds N  length of the longest step
  --p99 MS      largest 99th percentile (1000)
  --kafka       with a real broker (Java 17) and --workers N (1); otherwise straight into the warehouse
  --with        k6 where it is on the PATH, else node, the twin
  --url URL --key KEY   load a running edge instead of a fresh product
  --connections N (512)   --keys N (8)   --events N prepared (20000)   --json`;

/** @throws RangeError naming the wrong option */
export function loadOptions(args: readonly string[]): LoadOptions {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean', default: false } as const;
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      rate: text,
      batch: text,
      seconds: text,
      p99: text,
      with: text,
      kafka: flag,
      workers: text,
      connections: text,
      keys: text,
      events: text,
      url: text,
      key: text,
      json: flag,
    },
  });
  const number = <T extends number | undefined>(name: string, given: string | undefined, otherwise: T): number | T => {
    if (given === undefined) return otherwise;
    const value = Number(given.replaceAll('_', ''));
    if (!Number.isInteger(value) || value < 1)
      throw new RangeError(`--${name} must be a whole number from 1, not "${given}"`);
    return value;
  };
  if (values.with !== undefined && values.with !== 'k6' && values.with !== 'node')
    throw new RangeError(`--with is k6 or node, not "${values.with}"`);
  if ((values.url === undefined) !== (values.key === undefined)) throw new RangeError('--url and --key go together');
  if (positionals.length !== 1) throw new RangeError('one PROFILE is needed');
  return {
    profile: positionals[0]!,
    rate: number('rate', values.rate, positionals[0] === 'readers' ? 10 : 100),
    batch: number('batch', values.batch, 10),
    seconds: number('seconds', values.seconds, undefined),
    p99Ms: number('p99', values.p99, undefined),
    with: values.with,
    kafka: values.kafka,
    workers: number('workers', values.workers, 1),
    connections: number('connections', values.connections, 512),
    keys: number('keys', values.keys, 8),
    events: number('events', values.events, 20_000),
    url: values.url,
    key: values.key,
    json: values.json,
  };
}
