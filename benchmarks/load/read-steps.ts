/** The twin of `readers.k6.js`: a closed loop, each connection asks again as soon as it is answered. */
import { createHistogram } from 'node:perf_hooks';
import { Pool } from 'undici';
import { processUsage } from '../process-usage.ts';
import { type PlannedStep, type Reader, type ReadResult, requestOf } from './plan-readers.ts';

export interface ReadTarget {
  /** address of the dashboard */
  url: string;
  readers: readonly Reader[];
  connections: number;
  /** of the dashboard's process, on this machine */
  pid?: number | undefined;
}

/** One step, from its beginning to the last answer. */
export async function readStep(step: PlannedStep, { url, readers, connections, pid }: ReadTarget): Promise<ReadResult> {
  const pool = new Pool(new URL(url).origin, { connections, pipelining: 1 });
  const histogram = createHistogram(); // µs
  let answered = 0;
  let failed = 0;
  const cpuSeconds = () => (pid === undefined ? undefined : processUsage(pid)?.cpuSeconds);
  const cpuBefore = cpuSeconds();
  const started = performance.now();
  const until = started + step.seconds * 1000;
  const read = async (n: number): Promise<void> => {
    const { path, headers } = requestOf(step, readers, n);
    while (performance.now() < until) {
      const asked = performance.now();
      try {
        const { statusCode, body } = await pool.request({ path, method: 'GET', headers });
        await body.dump({ limit: 2 ** 26 });
        if (statusCode === 200) answered++;
        else failed++;
      } catch {
        failed++;
      }
      histogram.record(Math.max(1, Math.round((performance.now() - asked) * 1000)));
    }
  };
  try {
    await Promise.all(Array.from({ length: connections }, (_, n) => read(n)));
    const ms = (percent: number): number => histogram.percentile(percent) / 1000;
    const seconds = (performance.now() - started) / 1000;
    const cpu = (cpuSeconds() ?? Number.NaN) - (cpuBefore ?? Number.NaN);
    return {
      rate: answered / seconds,
      failed,
      ms: { p50: ms(50), p95: ms(95) },
      ...(Number.isNaN(cpu) ? {} : { cpuMs: (cpu * 1000) / Math.max(1, answered) }),
    };
  } finally {
    await pool.destroy();
  }
}
