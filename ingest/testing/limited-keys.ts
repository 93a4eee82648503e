/** For tests: an edge with keys that may do less than everything, and the pushes and log-ins of two units that they act upon. */
import { randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { buildIngestApp } from '../edge/ingest-app.ts';
import { createKey, type NewKey } from '../edge/keys/key-log.ts';
import { KeyRing } from '../edge/keys/key-ring.ts';
import { IngestMetrics } from '../metrics/ingest-metrics.ts';
import { EventSink } from '../store/event-sink.ts';
import { findOwners } from '../store/find-owners.ts';
import { type CommandLine, commandLine } from './command-line.ts';
import { event, USCC } from './event.ts';

const KEYS: NewKey[] = [
  { name: 'everything' },
  { name: 'unit scjg', units: ['scjg'] },
  { name: 'source a', sources: ['urn:a'] },
  { name: 'both', sources: ['urn:a'], units: ['scjg'] },
  { name: 'unit czj', units: ['czj'] },
  { name: 'unit of the office', units: ['scjg'], may: ['office'] },
  { name: 'registry a', sources: ['urn:a'], may: ['registry'] },
];

export interface LimitedKeys {
  cli: CommandLine;
  sink: EventSink;
  app: FastifyInstance;
  /** By the name of the key. */
  keys: Readonly<Record<string, string>>;
  /** @returns for each event the reason for which it was refused, undefined where it was taken */
  send(key: string, events: object[]): Promise<(string | undefined)[]>;
  close(): Promise<void>;
}

/** @param onLookUp told each time that the edge asks whose things are */
export async function limitedKeys(onLookUp: () => void = () => {}): Promise<LimitedKeys> {
  const cli = await commandLine();
  const sink = new EventSink({ warehouse: cli.warehouse });
  const keys: Record<string, string> = {};
  for (const key of KEYS) keys[key.name] = await createKey(cli.warehouse, key);
  const app = await buildIngestApp({
    writer: sink,
    keys: new KeyRing(cli.warehouse),
    metrics: new IngestMetrics(),
    findOwners: (upon) => {
      onLookUp();
      return findOwners(cli.warehouse, upon);
    },
    ready: async () => true,
    away: '',
  });
  const send: LimitedKeys['send'] = async (key, events) => {
    const answer = await app.inject({
      method: 'POST',
      url: '/v1/events',
      headers: { authorization: `Bearer ${keys[key]}`, 'content-type': 'application/x-ndjson' },
      payload: events.map((one) => JSON.stringify(one)).join('\n'),
    });
    const { rejected } = answer.json() as { rejected: { index: number; reason: string }[] };
    return events.map((_, index) => rejected.find((one) => one.index === index)?.reason);
  };
  await send('everything', FIRST);
  const close = async () => {
    await app.close();
    await sink.stop();
    await cli.close();
  };
  return { cli, sink, app, keys, send, close };
}

export const push = (push_id: string, department: string, source: string) =>
  event({
    type: 'registration.pushed',
    source,
    department,
    subject: USCC,
    data: { push_id, bucket: 'licensed', matters: ['x'] },
  });
export const of = (type: string, data: object, department = 'scjg', source = 'urn:a') =>
  event({ id: randomUUID(), type, source, department, data });
export const voidOf = (event_source: string, event_id: string) =>
  of('event.voided', { event_source, event_id, reason: 'x' });

const FIRST = [
  push('of-scjg', 'scjg', 'urn:registry'),
  push('of-czj', 'czj', 'urn:registry'),
  push('of-czj-by-a', 'czj', 'urn:a'),
  push('handed-on', 'czj', 'urn:registry'),
  event({
    source: 'urn:x',
    department: 'czj',
    type: 'push.dispatched',
    data: { push_id: 'handed-on', from_unit: 'czj', to_unit: 'scjg' },
  }),
  event({ source: 'urn:a', id: 'login-scjg', department: 'scjg' }),
  event({ source: 'urn:a', id: 'login-czj', department: 'czj' }),
  event({ source: 'urn:b', id: 'login-b', department: 'scjg' }),
];
