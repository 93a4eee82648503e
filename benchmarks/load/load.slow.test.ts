/** Keeps the load scripts true to the product. Nothing here looks at how long anything took. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkBooks } from './check-books.ts';
import { bodyAt, cutBatches, RUN_MARK } from './event-batches.ts';
import { loadOptions } from './load-options.ts';
import { planReaders, type ReadersProfile, type ReadResult, ratioOf, readFaults, requestOf } from './plan-readers.ts';
import { type Profiles, planSteps, type Step } from './plan-steps.ts';
import { lastOfficeMorning, prepareEvents } from './prepare-events.ts';
import profiles from './profiles.json' with { type: 'json' };
import { readStep } from './read-steps.ts';
import readersProfile from './readers.json' with { type: 'json' };
import { balances, sendSteps } from './send-steps.ts';
import { type Product, startProduct } from './start-product.ts';
import { faultsOf, resultTable, type StepResult, saturationOf } from './step-result.ts';
import { isFlat, slope, watchMemory } from './watch-memory.ts';
import { watchProcessor } from './watch-processor.ts';

const all = profiles as Profiles;
const directory = mkdtempSync(join(tmpdir(), 'hengjian-load-test-'));
const file = join(directory, 'events.ndjson');
prepareEvents(file, 1000, new Date('2026-11-22T19:00:00Z'));
const text = readFileSync(file, 'utf8');
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const step: Step = { name: 'one', rate: 50, seconds: 3, startsAt: 0, judged: true, mayRefuse: false, p99Ms: 1000 };
const good: StepResult = {
  answered: 150,
  events: 1500,
  refused: 0,
  failed: 0,
  wrong: 0,
  dropped: 0,
  ms: { p50: 1, p95: 2, p99: 3, max: 4 },
};

describe('prepared events', () => {
  it('are those of an office morning that is over', () => {
    expect(lastOfficeMorning(new Date('2026-11-22T19:00:00Z')).toISOString()).toBe('2026-11-20T02:00:00.000Z');
    expect(lastOfficeMorning(new Date('2026-11-25T00:00:00Z')).toISOString()).toBe('2026-11-24T02:00:00.000Z');
    expect(text.split('\n').filter(Boolean)).toHaveLength(1000);
    expect(text).toContain('"type":"push.claimed"');
  });

  it('get new ids each time round, and references follow', () => {
    const batches = cutBatches(text, 100);
    const ids = (n: number): string[] => [...bodyAt(batches, 'r', n).matchAll(/"id":"([^"]*)"/g)].map(([, id]) => id!);
    fc.assert(
      fc.property(fc.nat(50), fc.nat(50), (a, b) => {
        const shared = new Set(ids(a)).intersection(new Set(ids(b)));
        // Only neighbours of one round may share one: the duplicate that the generator sent again.
        if (Math.abs(a - b) > 1) expect([...shared]).toEqual([]);
      }),
      { numRuns: 40 },
    );
    const body = bodyAt(batches, 'r', 13);
    expect(body).not.toContain(RUN_MARK);
    for (const [, push] of body.matchAll(/"push_id":"([^"]*)"/g)) expect(push).toMatch(/^P-r-1-\d+$/);
  });

  it('are refused when there are too few', () => {
    expect(() => cutBatches('{}\n', 2)).toThrow('1 events are too few for a batch of 2');
  });
});

describe('profiles and thresholds', () => {
  it('have steps that k6 takes as names of scenarios', () => {
    for (const { steps } of Object.values(all.profiles))
      for (const { name } of steps) expect(name).toMatch(/^[0-9A-Za-z_-]+$/);
  });

  it('plan one step after the other, at multiples of the rate', () => {
    for (const name of Object.keys(all.profiles)) {
      const steps = planSteps(all, name, { rate: 30 });
      expect(new Set(steps.map((one) => one.name)).size).toBe(steps.length);
      steps.slice(1).forEach((one, n) => {
        expect(one.startsAt).toBe(steps[n]!.startsAt + steps[n]!.seconds);
      });
      expect(steps.some((one) => one.judged && !one.mayRefuse)).toBe(true);
    }
    expect(planSteps(all, 'spike', { rate: 30 }).find(({ name }) => name === 'spike')).toMatchObject({ rate: 300 });
    expect(planSteps(all, 'soak', { rate: 30, seconds: 7 }).map(({ seconds }) => seconds)).toEqual([5, 7]);
    expect(() => planSteps(all, 'flood', { rate: 1 })).toThrow('steady, ramp, spike, soak');
  });

  it('are held against each step, overload only where it is not expected', () => {
    expect(faultsOf(step, good)).toEqual([]);
    const bad = { ...good, refused: 1, failed: 2, wrong: 3, dropped: 4, ms: { ...good.ms, p99: 1000 } };
    expect(faultsOf(step, bad)).toEqual([
      'one: 2 requests failed',
      'one: 3 requests wrong',
      'one: 1 requests refused',
      'one: 4 requests dropped',
      'one: p99 of 1000 ms is not below 1000 ms',
    ]);
    expect(faultsOf({ ...step, mayRefuse: true }, bad)).toEqual(['one: 2 requests failed', 'one: 3 requests wrong']);
    expect(faultsOf({ ...step, judged: false }, bad)).toEqual([]);
    expect(faultsOf(step, { ...good, answered: 0 })).toEqual(['one: no request was answered']);
  });

  it('find the saturation as the fastest step without a fault', () => {
    const steps = [10, 20, 30].map((rate) => ({ ...step, rate, judged: false }));
    expect(saturationOf(steps, [good, good, { ...good, dropped: 1 }])?.step.rate).toBe(20);
    expect(saturationOf(steps.slice(0, 1), [{ ...good, failed: 1 }])).toBeUndefined();
    expect(resultTable(steps, [good, good]).split('\n')).toHaveLength(3);
  });

  it('of memory: growth from the first half to the last quarter', () => {
    const memory = {
      process: 'x',
      samples: 9,
      firstMb: 50,
      secondMb: 100,
      lastMb: 116,
      peakMb: 120,
      slopeMbPerMinute: 1,
    };
    expect(isFlat(memory, { growthShare: 0.1, growthMb: 16 })).toBe(true);
    expect(isFlat({ ...memory, lastMb: 117 }, { growthShare: 0.1, growthMb: 16 })).toBe(false);
    expect(isFlat({ ...memory, lastMb: 117, firstMb: 110 }, { growthShare: 0.1, growthMb: 16 })).toBe(true);
    expect(slope([0, 1, 2, 3, 4].map((at) => ({ at, mb: at === 2 ? 900 : 5 + at * 2 })))).toBeCloseTo(2);
  });

  it('options name what is wrong', () => {
    expect(loadOptions(['soak', '--rate', '2_000', '--kafka'])).toMatchObject({
      profile: 'soak',
      rate: 2000,
      kafka: true,
    });
    expect(() => loadOptions(['soak', '--rate', '0'])).toThrow('--rate must be a whole number from 1, not "0"');
    expect(() => loadOptions(['soak', '--with', 'ab'])).toThrow('--with is k6 or node');
    expect(() => loadOptions(['soak', '--url', 'http://x'])).toThrow('--url and --key go together');
    expect(() => loadOptions([])).toThrow('PROFILE');
  });
});

it('the k6 script plans what the twin plans, sends the same bodies and counts the same answers', () => {
  const ran = JSON.parse(
    execFileSync(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', join(import.meta.dirname, 'testing/run-k6-script.ts')],
      {
        encoding: 'utf8',
        env: {
          ...process.env,
          URL: 'http://edge/v1/events',
          KEYS: 'a,b',
          EVENTS: file,
          PROFILE: 'spike',
          RATE: '30',
          BATCH: '100',
          RUN: 'r',
        },
      },
    ),
  );
  const steps = planSteps(all, 'spike', { rate: 30 });
  expect(
    Object.entries(ran.options.scenarios as Record<string, Record<string, unknown>>).map(([name, scenario]) => [
      name,
      scenario.executor,
      scenario.rate,
      scenario.duration,
      scenario.startTime,
    ]),
  ).toEqual(steps.map((one) => [one.name, 'constant-arrival-rate', one.rate, `${one.seconds}s`, `${one.startsAt}s`]));
  expect(ran.options.thresholds).toMatchObject({
    'http_req_duration{scenario:after}': ['p(99)<1000'],
    'dropped_iterations{scenario:after}': ['count==0'],
    'wrong{scenario:spike}': ['count==0'],
    'refused{scenario:spike}': ['count>=0'],
    'failed{scenario:warm-up}': ['count>=0'],
  });
  const batches = cutBatches(text, 100);
  expect(ran.posts.map((post: { body: string }) => post.body)).toEqual(
    [0, 1, 2, 3, 4].map((n) => bodyAt(batches, 'r-before', n)),
  );
  expect(ran.posts.map((post: { authorization: string }) => post.authorization)).toEqual(
    ['a', 'b', 'a', 'b', 'a'].map((key) => `Bearer ${key}`),
  );
  // The five answers it was given: good, good from the log, unbalanced, refused, an error.
  expect(ran.counted).toEqual({ answered: 5, events: 200, wrong: 1, refused: 1, failed: 1 });
});

describe('readers', () => {
  const readers = [
    { cookie: 's=1', unit: 'scjg' },
    { cookie: 's=2', unit: 'czj' },
  ];
  const profile = readersProfile as ReadersProfile;
  const steps = planReaders(profile, { quarter: '2025Q2', seconds: 7 });
  const results: ReadResult[] = steps.map(() => ({ rate: 1_000, failed: 0, ms: { p50: 10, p95: 100 } }));
  const at = (name: string) => steps.findIndex((one) => one.name === name);

  it('ask one step after the other, each with a session of their own and for their unit', () => {
    expect(steps.map(({ startsAt }) => startsAt)).toEqual([0, 7, 14, 21, 28]);
    expect(requestOf(steps[at('unit')]!, readers, 3)).toEqual({
      path: '/units/czj?quarter=2025Q2',
      headers: { cookie: 's=2' },
    });
    expect(requestOf(steps[at('live')]!, readers, 0)).toEqual({ path: '/health/live', headers: {} });
    for (const { peer } of profile.steps.filter((one) => one.peer)) expect(at(peer!)).toBeGreaterThanOrEqual(0);
  });

  it('are held against the peers of the same run', () => {
    expect(readFaults(steps, results)).toEqual([]);
    expect([ratioOf(steps, results, 'scores'), ratioOf(steps, results, 'live')]).toEqual([1, undefined]);
    const slow = results.with(at('scores'), { rate: 300, failed: 2, ms: { p50: 90, p95: 190 } });
    expect(readFaults(steps, slow)).toEqual([
      'scores: 2 requests failed',
      'scores: 0.30 × the requests/s of live is less than 0.4',
      'scores: p95 of 190 ms is above 150 ms',
    ]);
    expect(readFaults(steps, slow, 1 / 3)).toEqual(['scores: 2 requests failed']);
  });

  it('of the k6 script ask what the twin asks', () => {
    const ran = JSON.parse(
      execFileSync(
        process.execPath,
        ['--disable-warning=ExperimentalWarning', join(import.meta.dirname, 'testing/run-k6-script.ts')],
        {
          encoding: 'utf8',
          env: {
            ...process.env,
            SCRIPT: 'readers.k6.js',
            SCENARIO: 'unit',
            URL: 'http://dashboard',
            READERS: JSON.stringify(readers),
            QUARTER: '2025Q2',
            SECONDS: '7',
          },
        },
      ),
    );
    expect(Object.entries(ran.options.scenarios)).toEqual(
      steps.map(({ name, startsAt }) => [
        name,
        expect.objectContaining({ executor: 'constant-vus', vus: 50, duration: '7s', startTime: `${startsAt}s` }),
      ]),
    );
    expect(ran.options.thresholds).toMatchObject({
      'http_req_duration{scenario:ranking}': ['p(95)<=150'],
      'http_req_duration{scenario:live}': ['p(95)>=0'],
      'failed{scenario:live}': ['count==0'],
    });
    expect(ran.gets).toEqual(
      [0, 1, 2, 3, 4].map((n) => {
        const { path, headers } = requestOf(steps[at('unit')]!, readers, n);
        return { url: `http://dashboard${path}`, cookie: headers.cookie };
      }),
    );
    expect(ran.counted).toEqual({ answered: 4, failed: 1 });
  });
});

describe('the twin, on the real product', () => {
  let product: Product;
  beforeAll(async () => {
    product = await startProduct({ kafka: false, workers: 1, keys: 2 });
  });
  afterAll(() => product?.close());

  it('sends at its rate; every event is accounted for; the processes are watched', async () => {
    const watch = watchMemory(product.pids, 200);
    const processor = watchProcessor(product.pids);
    const target = {
      url: product.url,
      keys: product.keys,
      batches: cutBatches(text, 10),
      batch: 10,
      run: 't',
      connections: 64,
    };
    const [result] = await Array.fromAsync(sendSteps([step], target));
    const memories = watch.stop();
    const shares = processor.stop();
    for (const share of [shares.product, shares.sender, shares.others]) expect(share).toBeGreaterThanOrEqual(0);
    expect(shares.product).toBeGreaterThan(0);
    expect(shares.product + shares.sender + shares.others).toBeLessThan(1.1);
    expect(result!.answered + result!.dropped).toBe(150);
    expect(result).toMatchObject({ failed: 0, wrong: 0, refused: 0, events: result!.answered * 10 });
    expect(result!.ms.p50).toBeLessThanOrEqual(result!.ms.p99);
    expect(await checkBooks(product.warehouse, [result!])).toEqual([]);
    expect(memories.map(({ process }) => process).toSorted()).toEqual([
      'dashboard',
      'engine',
      'ingest',
      'scheduler',
      'up',
    ]);
  });

  it('counts a wrong key as a failure, and no answer too', async () => {
    const target = {
      url: product.url,
      keys: ['hj_wrong'],
      batches: cutBatches(text, 10),
      batch: 10,
      run: 'w',
      connections: 8,
    };
    const short = { ...step, rate: 5, seconds: 1 };
    const [refused] = await Array.fromAsync(sendSteps([short], target));
    expect(refused).toMatchObject({ answered: 5, failed: 5, events: 0 });
    const [silent] = await Array.fromAsync(sendSteps([short], { ...target, url: 'http://127.0.0.1:1/v1/events' }));
    expect(silent).toMatchObject({ answered: 0, failed: 5, events: 0 });
    expect(faultsOf(short, silent!)).toEqual(['one: 5 requests failed', 'one: no request was answered']);
  });

  it('reads: who is answered is counted, who is sent away has failed', async () => {
    const target = { url: product.dashboard, readers: [{ cookie: 'x=y', unit: 'scjg' }], connections: 4 };
    const planned = planReaders(readersProfile as ReadersProfile, { quarter: '2025Q2', seconds: 1 });
    const [live, scores] = [await readStep(planned[0]!, target), await readStep(planned[1]!, target)];
    expect(live.failed).toBe(0);
    expect(live.rate).toBeGreaterThan(0);
    expect(live.ms.p50).toBeLessThanOrEqual(live.ms.p95);
    expect(scores.rate).toBe(0);
    expect(scores.failed).toBeGreaterThan(0);
  });

  it('knows an answer that does not balance', () => {
    expect(balances('{"accepted":1,"duplicate":null,"rejected":[{}]}', 2)).toBe(true);
    expect(balances('{"accepted":1,"duplicate":1,"rejected":[]}', 3)).toBe(false);
  });
});
