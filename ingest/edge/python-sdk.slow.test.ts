/** What the official Python SDK of CloudEvents sends by default comes in: the second SDK beside that of JavaScript. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { type TemporaryWarehouse, temporaryWarehouse } from '@hengjian/warehouse/testing.ts';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { IngestMetrics } from '../metrics/ingest-metrics.ts';
import { EventSink } from '../store/event-sink.ts';
import { structuredRecord } from '../stream/worker/structured-record.ts';
import { event } from '../testing/event.ts';
import { buildIngestApp } from './ingest-app.ts';
import { createKey } from './keys/key-log.ts';
import { KeyRing } from './keys/key-ring.ts';

const root = join(import.meta.dirname, '../..');
/** Where .ci/run puts it; what the machine has of its own is found too. */
const PYTHONPATH = [join(root, '.cache/python-cloudevents'), process.env.PYTHONPATH].filter(Boolean).join(':');
const python = (args: string[], input = '') =>
  spawnSync('python3', args, { input, encoding: 'utf8', env: { ...process.env, PYTHONPATH } });
const isThere = python(['-c', 'import cloudevents.core.bindings.kafka']).status === 0;
const missing = isThere
  ? ''
  : ' (skipped: python3 has no cloudevents 2: python3 -m pip install --target .cache/python-cloudevents cloudevents==2.2.0)';

interface Message {
  mode: 'binary' | 'structured' | 'kafka';
  headers: Record<string, string>;
  body: string;
}

const EVENTS = [
  event({ id: 'py-1' }),
  // What a header cannot hold as it is: Chinese, blanks, quotes, percent signs.
  event({ id: 'py "2" 100%', source: 'https://t.example/%E4%B8%AD/a%2520b', data: { account: '张三 "x" 50%' } }),
  event({ id: '编号-3', data: { account: 'a', serial: 12345678901234567890n.toString() } }),
];

describe.skipIf(missing)(`the Python SDK${missing}`, () => {
  let temporary: TemporaryWarehouse;
  let sink: EventSink;
  let app: FastifyInstance;
  let authorization: string;
  let sent: Message[][];

  beforeAll(async () => {
    temporary = await temporaryWarehouse();
    sink = new EventSink({ warehouse: temporary.warehouse });
    authorization = `Bearer ${await createKey(temporary.warehouse, { name: 'python' })}`;
    app = await buildIngestApp({
      writer: sink,
      keys: new KeyRing(temporary.warehouse),
      metrics: new IngestMetrics(),
      ready: async () => true,
      away: '',
      internalKey: undefined,
    });
    const { stdout, stderr } = python(
      [join(root, 'ingest/testing/send_events.py')],
      EVENTS.map((one) => JSON.stringify(one)).join('\n'),
    );
    expect(stderr).toBe('');
    sent = stdout
      .trim()
      .split('\n')
      .map((text) => JSON.parse(text) as Message[]);
  });
  afterAll(async () => {
    await app?.close();
    await sink?.stop();
    await temporary?.close();
  });

  const post = async (headers: Record<string, string>, payload: Buffer) =>
    (await app.inject({ method: 'POST', url: '/v1/events', headers: { ...headers, authorization }, payload })).json();
  const bytesOf = (text: string) => Buffer.from(text, 'base64');

  test.each(EVENTS.map((one, index) => [one.id, index] as const))(
    '%s: binary is stored, structured and Kafka are the same event',
    async (id, index) => {
      const [binary, structured, kafka] = sent[index] as [Message, Message, Message];
      expect(Object.keys(binary.headers)).toContain('ce-source');
      expect(await post(binary.headers, bytesOf(binary.body))).toEqual({ accepted: 1, duplicate: 0, rejected: [] });
      const [stored] = await temporary.warehouse.query<{ source: string; department: string; account: string }>(
        `SELECT source, department, JSONExtractString(data, 'account') AS account FROM events WHERE id = {id:String}`,
        { id: String(id) },
      );
      const { source, department, data } = EVENTS[index] as {
        source: string;
        department: string;
        data: { account: string };
      };
      expect(stored).toEqual({ source, department, account: data.account });
      const duplicate = { accepted: 0, duplicate: 1, rejected: [] };
      expect(await post(structured.headers, bytesOf(structured.body))).toMatchObject(duplicate);
      const headers = Object.fromEntries(Object.entries(kafka.headers).map(([name, value]) => [name, bytesOf(value)]));
      const { value } = structuredRecord({ headers, value: bytesOf(kafka.body) } as Parameters<
        typeof structuredRecord
      >[0]);
      expect(await post({ 'content-type': 'application/cloudevents+json' }, value!)).toMatchObject(duplicate);
    },
  );
});
