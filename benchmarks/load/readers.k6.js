/**
 * Fifty readers with k6 (`go install go.k6.io/k6@latest`):
 *
 *   k6 run -e URL=http://127.0.0.1:3000 -e READERS='[{"cookie":"hengjian-…=…","unit":"scjg"}]' -e QUARTER=2025Q2 \
 *          benchmarks/load/readers.k6.js
 *
 * `npm run load -w benchmarks -- readers` starts a demo, signs readers in and runs this. One scenario a step of readers.json;
 * ends with 99 when a threshold is not met. Options: SECONDS, SLACK, SUMMARY. The ratios are told by the summary.
 */
import exec from 'k6/execution';
import http from 'k6/http';
import { Counter } from 'k6/metrics';
import { planReaders, ratioOf, readFaults, requestOf } from './plan-readers.ts';

const { URL: url, READERS, QUARTER, SECONDS, SLACK = '0', SUMMARY } = __ENV;
const profile = JSON.parse(open('./readers.json'));
const readers = JSON.parse(READERS);
const steps = planReaders(profile, { quarter: QUARTER, seconds: SECONDS && Number(SECONDS) });
const slack = Number(SLACK);

const answered = new Counter('answered');
const failed = new Counter('failed');

const about = (metric, { name }) => `${metric}{scenario:${name}}`;

export const options = {
  scenarios: Object.fromEntries(
    steps.map(({ name, seconds, startsAt }) => [
      name,
      {
        executor: 'constant-vus',
        vus: profile.readers,
        duration: `${seconds}s`,
        startTime: `${startsAt}s`,
        gracefulStop: '10s',
      },
    ]),
  ),
  thresholds: Object.fromEntries(
    steps.flatMap((step) => [
      [
        about('http_req_duration', step),
        [step.p95Ms === undefined ? 'p(95)>=0' : `p(95)<=${step.p95Ms * (1 + slack)}`],
      ],
      [about('answered', step), ['count>0']],
      [about('failed', step), ['count==0']],
    ]),
  ),
  summaryTrendStats: ['med', 'p(95)'],
};

export default function read() {
  const step = steps.find(({ name }) => name === exec.scenario.name);
  const { path, headers } = requestOf(step, readers, exec.vu.idInInstance);
  const { status } = http.get(url + path, { headers, redirects: 0, timeout: '35s' });
  if (status === 200) answered.add(1);
  else failed.add(1);
}

export function handleSummary({ metrics }) {
  const results = steps.map((step) => {
    const values = (metric) => metrics[about(metric, step)]?.values ?? {};
    const duration = values('http_req_duration');
    return {
      rate: (values('answered').count ?? 0) / step.seconds,
      failed: values('failed').count ?? 0,
      ms: { p50: duration.med ?? 0, p95: duration['p(95)'] ?? 0 },
    };
  });
  const lines = steps.map(({ name }, n) => {
    const { rate, ms } = results[n];
    const ratio = ratioOf(steps, results, name);
    return `${name}: ${rate.toFixed(0)} requests/s${ratio === undefined ? '' : `, ratio ${ratio.toFixed(2)}`}, p95 ${ms.p95.toFixed(0)} ms\n`;
  });
  const faults = readFaults(steps, results, slack).map((fault) => `not met: ${fault}\n`);
  const written = SUMMARY ? { [SUMMARY]: JSON.stringify(results) } : {};
  return { stdout: [...lines, ...faults].join(''), ...written };
}
