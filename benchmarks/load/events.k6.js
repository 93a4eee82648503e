/**
 * Load on POST /v1/events with k6 (`go install go.k6.io/k6@latest`, or a package of your system):
 *
 *   k6 run -e URL=http://127.0.0.1:8080/v1/events -e KEYS=hj_… -e EVENTS=$PWD/events.ndjson \
 *          -e PROFILE=steady -e RATE=100 -e BATCH=10 benchmarks/load/events.k6.js
 *
 * `npm run load -w benchmarks` starts a product, prepares the events and runs this. One scenario a step of the profile,
 * constant-arrival-rate; ends with 99 when a threshold is not met. Options: SECONDS, P99, CONNECTIONS, RUN, SUMMARY.
 */
import { check } from 'k6';
import { SharedArray } from 'k6/data';
import exec from 'k6/execution';
import http from 'k6/http';
import { Counter } from 'k6/metrics';
import { bodyAt, cutBatches } from './event-batches.ts';
import { planSteps } from './plan-steps.ts';
import { resultTable } from './step-result.ts';

const { URL: url, KEYS = '', EVENTS, PROFILE = 'steady', RATE = '100', BATCH = '10', SECONDS, P99, SUMMARY } = __ENV;
const CONNECTIONS = Number(__ENV.CONNECTIONS ?? 512);
const RUN = __ENV.RUN ?? Date.now().toString(36);
const batch = Number(BATCH);
const keys = KEYS.split(',');
const steps = planSteps(JSON.parse(open('./profiles.json')), PROFILE, {
  rate: Number(RATE),
  seconds: SECONDS && Number(SECONDS),
  p99Ms: P99 && Number(P99),
});
const batches = new SharedArray('batches', () => cutBatches(open(EVENTS), batch));

const answered = new Counter('answered');
const events = new Counter('events');
const refused = new Counter('refused');
const failed = new Counter('failed');
const wrong = new Counter('wrong');

const none = ['count==0'];

/** Thresholds of the same meaning as `faultsOf`; those of steps that are not judged always hold and make k6 report the step. */
function thresholdsOf({ name, judged, mayRefuse, p99Ms }) {
  const strict = judged && !mayRefuse;
  const about = (metric) => `${metric}{scenario:${name}}`;
  return {
    [about('http_req_duration')]: [strict ? `p(99)<${p99Ms}` : 'p(99)>=0'],
    [about('answered')]: [judged ? 'count>0' : 'count>=0'],
    [about('events')]: ['count>=0'],
    [about('failed')]: judged ? none : ['count>=0'],
    [about('wrong')]: judged ? none : ['count>=0'],
    [about('refused')]: strict ? none : ['count>=0'],
    [about('dropped_iterations')]: strict ? none : ['count>=0'],
  };
}

export const options = {
  scenarios: Object.fromEntries(
    steps.map(({ name, rate, seconds, startsAt }) => [
      name,
      {
        executor: 'constant-arrival-rate',
        rate,
        timeUnit: '1s',
        duration: `${seconds}s`,
        startTime: `${startsAt}s`,
        preAllocatedVUs: Math.min(CONNECTIONS, Math.max(64, rate)),
        maxVUs: CONNECTIONS,
        // Each scenario still within it holds its own VUs.
        gracefulStop: '10s',
      },
    ]),
  ),
  thresholds: Object.assign({}, ...steps.map(thresholdsOf)),
  summaryTrendStats: ['med', 'p(95)', 'p(99)', 'max'],
};

export default function send() {
  const n = exec.scenario.iterationInTest;
  const answer = http.post(url, bodyAt(batches, `${RUN}-${exec.scenario.name}`, n), {
    headers: { authorization: `Bearer ${keys[n % keys.length]}`, 'content-type': 'application/x-ndjson' },
    timeout: '35s',
  });
  if (answer.status !== 0) answered.add(1);
  if (answer.status === 202) {
    const body = answer.json();
    const balances = check(body, {
      'accepted + duplicate + rejected = sent': ({ accepted, duplicate, rejected }) =>
        accepted + (duplicate ?? 0) + rejected.length === batch,
    });
    if (balances) events.add(batch);
    else wrong.add(1);
  } else if ((answer.status === 429 || answer.status === 503) && answer.headers['Retry-After'] !== undefined)
    refused.add(1);
  else failed.add(1);
}

export function handleSummary({ metrics }) {
  const results = steps.map(({ name }) => {
    const values = (metric) => metrics[`${metric}{scenario:${name}}`]?.values ?? {};
    const count = (metric) => values(metric).count ?? 0;
    const duration = values('http_req_duration');
    return {
      answered: count('answered'),
      events: count('events'),
      refused: count('refused'),
      failed: count('failed'),
      wrong: count('wrong'),
      dropped: count('dropped_iterations'),
      ms: {
        p50: duration.med ?? 0,
        p95: duration['p(95)'] ?? 0,
        p99: duration['p(99)'] ?? 0,
        max: duration.max ?? 0,
      },
    };
  });
  const unmet = Object.entries(metrics).flatMap(([name, { thresholds = {} }]) =>
    Object.entries(thresholds)
      .filter(([, { ok }]) => !ok)
      .map(([threshold]) => `not met: ${name} ${threshold}\n`),
  );
  const written = SUMMARY ? { [SUMMARY]: JSON.stringify(results) } : {};
  return { stdout: `${resultTable(steps, results)}\n${unmet.join('')}`, ...written };
}
