/**
 * Five hundred readers on the day a circular goes out: requests/s of the scores API, the ranking and a unit's page on
 * the demo district over 50 connections, against what the same server gives without figures, `/health/live` and the
 * sign-in page; in turns, in one run.
 *
 *   node benchmarks/readers.ts [--runs 3] [--seconds 4]
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Pool } from 'undici';
import { type Figure, figureTable, median, spread } from './figure.ts';
import { signIn } from './load/sign-in.ts';
import { startUp } from './running-up.ts';

export interface ReadersOptions {
  runs: number;
  /** of each measurement */
  seconds: number;
}

export const READERS_DEFAULTS: ReadersOptions = { runs: 3, seconds: 4 };
const CONNECTIONS = 50;

/** `peer` and the least share of its requests/s; `tag` asks as a browser that has the answer already. */
interface Path {
  name: string;
  path: string;
  peer?: string;
  atLeast?: number;
  tagged?: boolean;
}

const LIVE = '/health/live';
const SIGN_IN = '/sign-in';

function paths(quarter: string): Path[] {
  const scores = `/api/v1/quarters/${quarter}/scores`;
  return [
    { name: LIVE, path: LIVE },
    { name: 'scores API', path: scores, peer: LIVE, atLeast: 0.4 },
    { name: 'scores API, unchanged (304)', path: scores, peer: LIVE, tagged: true },
    { name: SIGN_IN, path: SIGN_IN },
    { name: 'ranking page', path: `/?quarter=${quarter}`, peer: SIGN_IN, atLeast: 0.2 },
    { name: 'unit page', path: `/units/scjg?quarter=${quarter}`, peer: SIGN_IN, atLeast: 0.2 },
  ];
}

/** The latest quarter that is over in China: the one that pages show without being asked for another. */
function lastQuarter(now = new Date()): string {
  const local = new Date(now.getTime() + 8 * 3_600_000);
  const number = Math.floor(local.getUTCMonth() / 3);
  return number === 0 ? `${local.getUTCFullYear() - 1}Q4` : `${local.getUTCFullYear()}Q${number}`;
}

interface Measured {
  /** requests/s */
  rate: number;
  /** 95 of 100 requests took no longer, ms */
  p95: number;
}

/** As many requests as 50 connections get answered. @throws Error when one is answered otherwise than expected. */
async function measure(
  pool: Pool,
  path: string,
  headers: Record<string, string>,
  status: number,
  seconds: number,
): Promise<Measured> {
  const times: number[] = [];
  const started = performance.now();
  const until = started + seconds * 1000;
  const lane = async (): Promise<void> => {
    while (performance.now() < until) {
      const asked = performance.now();
      const answer = await pool.request({ path, method: 'GET', headers });
      await answer.body.dump({ limit: 2 ** 26 });
      if (answer.statusCode !== status) throw new Error(`${path} was answered with ${answer.statusCode}`);
      times.push(performance.now() - asked);
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, lane));
  const sorted = times.toSorted((a, b) => a - b);
  return {
    rate: (times.length / (performance.now() - started)) * 1000,
    p95: sorted[Math.floor(sorted.length * 0.95)]!,
  };
}

async function headersFor(
  pool: Pool,
  { path, peer, tagged }: Path,
  cookie: string,
): Promise<{ headers: Record<string, string>; status: number }> {
  // Whoever measures the sign-in page is not signed in.
  const headers: Record<string, string> = peer ? { cookie } : {};
  const { headers: answered, body } = await pool.request({ path, method: 'GET', headers });
  await body.dump({ limit: 2 ** 26 });
  if (!tagged) return { headers, status: 200 };
  return { headers: { ...headers, 'if-none-match': String(answered.etag) }, status: 304 };
}

export async function benchReaders({ runs, seconds }: ReadersOptions): Promise<Figure[]> {
  const directory = mkdtempSync(join(tmpdir(), 'hengjian-bench-'));
  const env = { HENGJIAN_DATA_DIR: directory, INGEST_PORT: '0', DASHBOARD_PORT: '0', CLICKHOUSE_URL: '' };
  const up = await startUp(['--demo'], env).catch((error: unknown) => {
    rmSync(directory, { recursive: true, force: true });
    throw error;
  });
  const base = up.address(/(?<=Dashboard \S+\s+)http:\/\/[^/\s]+/);
  const pool = new Pool(base, { connections: CONNECTIONS });
  try {
    const cookie = await signIn(up.address(/http:\/\/\S+(?=\s+\(works once)/));
    const asked = paths(lastQuarter());
    const measured = new Map<string, Measured[]>(asked.map(({ name }) => [name, []]));
    for (let run = 0; run < runs; run++)
      for (const one of asked) {
        const { headers, status } = await headersFor(pool, one, cookie);
        measured.get(one.name)!.push(await measure(pool, one.path, headers, status, seconds));
      }
    const rateOf = (name: string) => median(measured.get(name)!.map(({ rate }) => rate));
    return asked.flatMap(({ name, peer, atLeast }): Figure[] => {
      const of = measured.get(name)!;
      const p95 = median(of.map((one) => one.p95));
      return [
        { name, value: rateOf(name), unit: 'requests/s', note: spread(of.map(({ rate }) => rate)) },
        { name: '  p95', value: p95, unit: 'ms', ...(atLeast ? { aim: { atMost: 150 } } : {}) },
        ...(peer
          ? [
              {
                name: `  ratio to ${peer}`,
                value: rateOf(name) / rateOf(peer),
                unit: '×',
                ...(atLeast ? { aim: { atLeast } } : {}),
              },
            ]
          : []),
      ];
    });
  } finally {
    await pool.close();
    await up.stop();
    rmSync(directory, { recursive: true, force: true });
  }
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { runs: { type: 'string' }, seconds: { type: 'string' } } });
  const number = (given: string | undefined, otherwise: number): number => (given ? Number(given) : otherwise);
  console.log(
    figureTable(
      await benchReaders({
        runs: number(values.runs, READERS_DEFAULTS.runs),
        seconds: number(values.seconds, READERS_DEFAULTS.seconds),
      }),
    ),
  );
}
