/** In front of a log: what one key's events begin is there at once for every other key, though no worker has stored it yet. */
import type { FastifyInstance } from 'fastify';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { IngestMetrics } from '../metrics/ingest-metrics.ts';
import { BegunThings } from '../store/begun-things.ts';
import { findOwners } from '../store/find-owners.ts';
import { KafkaLog } from '../stream/log/kafka-log.ts';
import { USCC } from '../testing/event.ts';
import { of, push } from '../testing/limited-keys.ts';
import { buildIngestApp } from './ingest-app.ts';

let app: FastifyInstance;
let stored: object[] = [];
beforeEach(async () => {
  const begun = new BegunThings();
  stored = [];
  app = await buildIngestApp({
    writer: new KafkaLog({ append: async () => {}, close: async () => {} } as never, () => 1, { begun }),
    // A key is the unit that it is limited to.
    keys: { find: async (name) => ({ name, sources: [], units: name === 'everything' ? [] : [name], may: [] }) },
    metrics: new IngestMetrics(),
    findOwners: (upon) => findOwners({ query: async () => stored as never[] }, upon, begun),
    ready: async () => true,
    away: '',
  });
});
afterEach(() => app.close());

async function send(key: string, events: object[]): Promise<(string | undefined)[]> {
  const answer = await app.inject({
    method: 'POST',
    url: '/v1/events',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/x-ndjson' },
    payload: events.map((one) => JSON.stringify(one)).join('\n'),
  });
  const { rejected } = answer.json() as { rejected: { index: number; reason: string }[] };
  return events.map((_, index) => rejected.find((one) => one.index === index)?.reason);
}

const no = 'not_granted';
const yes = undefined;
const refusal = (unit: string) =>
  of('push.outcome_fed_back', { push_id: 'P', outcome: 'refused', decided_on: '2025-04-09' }, unit);
const licence = (unit: string) => ({
  ...of('licence.entered', { doc_no: '1号', decided_on: '2025-04-09', kind: 'x', push_id: 'P' }, unit),
  subject: USCC,
});

test('a push of the registry is answered by its unit at once, by another one only once it is handed on', async () => {
  expect(await send('scjg', [refusal('scjg'), licence('scjg')])).toEqual([no, no]);
  expect(await send('everything', [push('P', 'scjg', 'urn:registry')])).toEqual([yes]);
  expect(await send('scjg', [refusal('scjg'), licence('scjg')])).toEqual([yes, yes]);
  expect(await send('czj', [refusal('czj'), of('push.claimed', { push_id: 'P' }, 'czj')])).toEqual([no, no]);
  const handedOn = { push_id: 'P', from_unit: 'scjg', to_unit: 'czj' };
  expect(await send('scjg', [of('push.dispatched', handedOn)])).toEqual([yes]);
  expect(await send('czj', [refusal('czj'), licence('czj')])).toEqual([yes, yes]);
});

test('a push that is stored is also of whom it was handed on to a moment ago', async () => {
  await send('everything', [of('push.dispatched', { push_id: 'P', from_unit: 'scjg', to_unit: 'czj' })]);
  expect(await send('czj', [refusal('czj')])).toEqual([no]);
  stored = [{ push: 'P', units: ['scjg'], sources: ['urn:registry'] }];
  expect(await send('czj', [refusal('czj')])).toEqual([yes]);
  expect(await send('scjg', [refusal('scjg')])).toEqual([yes]);
});

test('a task that the office creates is acted on by who leads it and who takes part, and nobody else', async () => {
  const task = { task_id: 'T', year: 2025, scope: 'joint', lead: 'scjg', participants: ['czj'], directed: false };
  const drawn = (unit: string) => of('draw.executed', { task_id: 'T', objects: [USCC] }, unit);
  expect(await send('scjg', [drawn('scjg')])).toEqual([no]);
  await send('everything', [of('task.created', task, 'office')]);
  for (const [unit, expected] of [
    ['scjg', yes],
    ['czj', yes],
    ['rsj', no],
  ] as const)
    expect([unit, await send(unit, [drawn(unit)])]).toEqual([unit, [expected]]);
});
