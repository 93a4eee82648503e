/** A metric has the same name in both formats and for good: rules and dashboards name it once. */
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { expect, test } from 'vitest';
import { exposition } from './exposition.ts';

const OPEN = 'application/openmetrics-text; version=1.0.0';

/** Names of the lines that have a value, in order. */
const namesIn = (text: string) => [
  ...new Set(text.split('\n').flatMap((line) => /^[a-z][a-z_0-9]*/i.exec(line)?.[0] ?? [])),
];

function filled(): Registry {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  new Counter({ name: 'test_blocks_total', help: 'a counter', registers }).inc(2);
  new Counter({ name: 'test_records_total', help: 'labels', labelNames: ['part'], registers }).inc({ part: '1' }, 3);
  new Gauge({ name: 'test_lag', help: 'a gauge', registers }).set(4);
  new Histogram({ name: 'test_seconds', help: 'a histogram', buckets: [1], registers }).observe(0.5);
  return registry;
}

test('the same names in both formats; counters end in _total', async () => {
  const registry = filled();
  const open = await exposition(registry, OPEN);
  const text = await exposition(registry, undefined);
  expect(open.contentType).toContain('application/openmetrics-text');
  expect(text.contentType).toContain('text/plain');
  expect(namesIn(open.text)).toEqual(namesIn(text.text));
  for (const line of ['test_blocks_total 2', 'test_records_total{part="1"} 3', 'test_seconds_bucket{le="1"} 1'])
    for (const one of [open, text]) expect(one.text).toContain(`\n${line}\n`);
  // OpenMetrics names the family of a counter without the ending.
  expect(open.text).toContain('# TYPE test_blocks counter\n');
  expect(text.text).toContain('# TYPE test_blocks_total counter\n');
});

test('who asks for OpenMetrics changes nothing for who asks for the Prometheus text', async () => {
  const registry = filled();
  const before = namesIn((await exposition(registry, undefined)).text);
  const open = namesIn((await exposition(registry, OPEN)).text);
  expect(namesIn((await exposition(registry, OPEN)).text)).toEqual(open);
  expect(namesIn((await exposition(registry, undefined)).text)).toEqual(before);
  expect(before).toContain('test_blocks_total');
});
