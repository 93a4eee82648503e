/** One way to write, whoever holds what is behind it: the outcome of the same events is the same. */
import type { EventWriter } from '@hengjian/contract/event-writer.ts';
import { fullRights, unrestrictedRights, type WriteRights } from '@hengjian/contract/write-rights.ts';
import { startEdge } from '@hengjian/ingest/testing/start-edge.ts';
import { readEnvironment, removeRunFile, writeRunFile } from '@hengjian/warehouse';
import { type TemporaryWarehouse, temporaryWarehouse } from '@hengjian/warehouse/testing.ts';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openEventWriter, writerWhenNeeded } from './open-event-writer.ts';

let temporary: TemporaryWarehouse;
beforeAll(async () => {
  temporary = await temporaryWarehouse();
});
afterAll(() => temporary.close());

let number = 0;
const event = (changes: Record<string, unknown> = {}) => ({
  specversion: '1.0',
  id: `w-${++number}`,
  source: 'urn:hengjian:test',
  type: 'login.succeeded',
  time: '2025-04-01T09:00:00+08:00',
  department: 'scjg',
  data: { account: 'a' },
  ...changes,
});
const mark = (points: number) =>
  event({
    type: 'mark.awarded',
    department: 'office',
    data: { quarter: '2025Q2', item: 'dr_single', unit: 'czj', points, reason: '核查', approver: '联席办' },
  });

async function expectOneWay(writer: Pick<EventWriter, 'write'>, by: string): Promise<void> {
  const known = event();
  expect(await writer.write([known], fullRights(by))).toEqual({ accepted: 1, duplicate: 0, rejected: [] });
  const elsewhere = event({ source: 'urn:elsewhere' });
  const limited: WriteRights = { ...unrestrictedRights(by), sources: ['urn:hengjian:test'], units: ['scjg', 'office'] };
  const written = await writer.write(
    [known, event(), elsewhere, event({ department: 'czj' }), mark(6), mark(6.5), event({ id: undefined })],
    limited,
  );
  expect(written).toMatchObject({
    accepted: 2,
    duplicate: 1,
    rejected: [
      { index: 2, id: elsewhere.id, reason: 'source_not_allowed' },
      { index: 3, reason: 'unit_not_allowed' },
      { index: 5, reason: 'mark_points', detail: 'data.points: 6.5 is not between 0 and 6, the maximum of dr_single' },
      { index: 6, id: null, reason: 'missing_member' },
    ],
  });
  const stored = await temporary.warehouse.query(
    'SELECT origin_kind, count() AS n FROM events WHERE origin = {by:String} GROUP BY 1',
    { by },
  );
  expect(stored).toEqual([{ origin_kind: 'product', n: 3 }]);
  const refused = await temporary.warehouse.query('SELECT count() AS n FROM rejects WHERE origin = {by:String}', {
    by,
  });
  expect(refused).toEqual([{ n: 4 }]);
}

test('into the warehouse, where nothing runs', async () => {
  const options = { environment: { dataDir: temporary.dataDir }, warehouse: async () => temporary.warehouse };
  const opened = await openEventWriter(options);
  await expectOneWay(opened.writer, 'closing');
  await opened.stop();
  await expectOneWay(writerWhenNeeded(options), 'closing, opened for each use');
});

describe('beside a running up', () => {
  const never = () => Promise.reject(new Error('the edge is the only writer'));
  const logger = pino({ level: 'silent' });
  const edgeAt = async (internalKey: string) => {
    const { warehouse, dataDir } = temporary;
    writeRunFile(dataDir, { internalKey });
    const environment = readEnvironment({ HENGJIAN_DATA_DIR: dataDir, INGEST_PORT: '0' });
    const edge = await startEdge({ warehouse, environment, logger });
    writeRunFile(dataDir, { internalKey, ingest: { url: edge.url } });
    return edge;
  };
  afterAll(() => removeRunFile(temporary.dataDir));

  test('through its edge, also after it was started again elsewhere', async () => {
    const first = await edgeAt('first');
    const { writer } = await openEventWriter({ environment: { dataDir: temporary.dataDir }, warehouse: never });
    await expectOneWay(writer, 'form of office');
    await first.stop();
    const second = await edgeAt('second');
    await expectOneWay(writer, 'form of scjg');
    await second.stop();
  });

  test('what is no request for rights is refused, and nothing is written', async () => {
    const edge = await edgeAt('key');
    for (const rights of ['', '{}', '{"by":"x","sources":"all","units":"all","may":["everything"]}']) {
      const response = await fetch(`${edge.url}/internal/events?${new URLSearchParams({ rights })}`, {
        method: 'POST',
        headers: { authorization: 'Bearer key', 'content-type': 'application/octet-stream' },
        body: JSON.stringify([event()]),
      });
      expect(response.status).toBe(400);
    }
    await edge.stop();
  });
});
