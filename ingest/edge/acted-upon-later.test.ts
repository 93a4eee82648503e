import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { IngestMetrics } from '../metrics/ingest-metrics.ts';
import { countWaitingRejects } from '../store/rejects/open-rejects.ts';
import { event, USCC } from '../testing/event.ts';
import { type LimitedKeys, limitedKeys, of, push, voidOf } from '../testing/limited-keys.ts';
import { buildIngestApp } from './ingest-app.ts';

const lookUps = vi.fn();
let limited: LimitedKeys;
beforeAll(async () => {
  limited = await limitedKeys(lookUps);
});
afterAll(() => limited?.close());
const send: LimitedKeys['send'] = (key, events) => limited.send(key, events);

test('what would count against others waits for what it speaks of: refused, told, and let in by a replay of whose it is', async () => {
  const joint = { year: 2025, scope: 'single', directed: false };
  const before = await countWaitingRejects(limited.cli.warehouse);
  const acts = (unit: string) => [
    of('draw.executed', { task_id: 'T-next', objects: [USCC] }, unit),
    of('push.outcome_fed_back', { push_id: 'P-next', outcome: 'refused', decided_on: '2020-01-02' }, unit),
    of('push.dispatched', { push_id: 'P-next', from_unit: unit, to_unit: unit }, unit),
    {
      ...of(
        'licence.entered',
        { doc_no: `〔2025〕${unit}`, decided_on: '2020-01-02', kind: 'x', push_id: 'P-next' },
        unit,
      ),
      subject: USCC,
    },
    of('risk.disposed', { alert_id: 'A-next' }, unit),
  ];
  const [strange, own] = [acts('czj'), acts('scjg')];
  expect(await send('unit czj', strange)).toEqual(strange.map(() => 'not_granted'));
  expect(await send('unit scjg', own)).toEqual(own.map(() => 'not_granted'));
  // A claim can only count for whom the push will be of.
  expect(await send('unit scjg', [of('push.claimed', { push_id: 'P-next' })])).toEqual([undefined]);
  expect((await countWaitingRejects(limited.cli.warehouse)) - before).toBe(10);
  await send('everything', [
    of('task.created', { task_id: 'T-next', lead: 'scjg', ...joint }),
    push('P-next', 'scjg', 'urn:registry'),
    of('risk.alert_raised', { alert_id: 'A-next' }),
  ]);
  await limited.cli.run('rejects', 'replay', '--reason', 'not_granted');
  const stored = await limited.cli.warehouse.query<{ id: string }>(
    'SELECT id FROM events WHERE id IN {ids:Array(String)}',
    {
      ids: [...strange, ...own].map(({ id }) => id),
    },
  );
  expect(stored.map(({ id }) => id).sort()).toEqual(own.map(({ id }) => id).sort());
  expect((await countWaitingRejects(limited.cli.warehouse)) - before).toBe(5);
});

test('what an event of the same request begins is there for those after it, where it was let in', async () => {
  const begun = (task_id: string, rest: object = {}) => [
    of('task.created', { task_id, year: 2025, scope: 'joint', lead: 'scjg', directed: false, ...rest }),
    of('draw.executed', { task_id, objects: [USCC] }),
  ];
  const filed = { objection_id: 'O-fresh', record_id: 'R' };
  const answered = [of('objection.filed', filed), of('objection.answered', filed)];
  const raised = [of('risk.alert_raised', { alert_id: 'A-fresh' }), of('risk.disposed', { alert_id: 'A-fresh' })];
  expect(await send('unit scjg', [...begun('T-fresh'), ...answered, ...raised])).toEqual(Array(6).fill(undefined));
  const no = 'not_granted';
  expect(await send('unit scjg', begun('T-refused', { participants: ['czj'] }))).toEqual([no, no]);
  expect(await send('unit scjg', begun('T-turned').reverse())).toEqual([no, undefined]);
});

test('the push is found however its id is written, and wherever in the request the event stands', async () => {
  const escaped = JSON.stringify(of('push.claimed', { push_id: 'of-czj' })).replace('"push_id"', '"push\\u005fid"');
  const answer = await limited.app.inject({
    method: 'POST',
    url: '/v1/events',
    headers: {
      authorization: `Bearer ${limited.keys['unit scjg']}`,
      'content-type': 'application/cloudevents-batch+json',
    },
    payload: `[${JSON.stringify(event())}, ${escaped}]`,
  });
  expect(answer.json()).toMatchObject({ accepted: 1, rejected: [{ index: 1, reason: 'not_granted' }] });
});

test('a push is voided by the source that pushed it', async () => {
  const acts = ['of-czj-by-a', 'of-czj'].map((push_id) => of('push.voided', { push_id, reason: 'x' }, 'czj'));
  expect(await send('registry a', acts)).toEqual([undefined, 'not_granted']);
  expect(await send('source a', acts)).toEqual(['not_granted', 'not_granted']);
});

test('a unit does not void the push it was sent, nor send as the product', async () => {
  const pushed = push('unloved', 'scjg', 'urn:registry');
  await send('everything', [pushed]);
  expect(await send('unit scjg', [voidOf('urn:registry', pushed.id as string)])).toEqual(['not_granted']);
  expect(await send('everything', [of('login.succeeded', { account: 'a' }, 'scjg', '/hengjian/forms')])).toEqual([
    'source_not_allowed',
  ]);
});

test('an objection to a score stays with the unit that filed it', async () => {
  const filing = { objection_id: 'OBJ-1', quarter: '2025Q1', item: 'claim', grounds: 'x' };
  await send('everything', [of('score_objection.filed', { ...filing, unit: 'scjg' })]);
  const acts = (unit: string) => [
    of('score_objection.filed', { ...filing, unit }, unit),
    of('score_objection.withdrawn', { objection_id: 'OBJ-1' }, unit),
  ];
  expect(await send('unit czj', acts('czj'))).toEqual(['not_granted', 'not_granted']);
  expect(await send('unit scjg', acts('scjg'))).toEqual([undefined, undefined]);
});

test('events are voided by their own source or unit', async () => {
  const acts = () => [
    voidOf('urn:a', 'login-scjg'),
    voidOf('urn:a', 'login-czj'),
    voidOf('urn:b', 'login-b'),
    voidOf('urn:a', 'to-come'),
  ];
  const refused = 'not_granted';
  expect(await send('source a', acts())).toEqual([undefined, undefined, refused, undefined]);
  expect(await send('unit scjg', acts())).toEqual([undefined, refused, undefined, refused]);
  expect(await send('both', acts())).toEqual([undefined, refused, refused, undefined]);
});

test('an unrestricted key is not held up by a look-up', async () => {
  lookUps.mockClear();
  await send('everything', [of('push.claimed', { push_id: 'of-czj' })]);
  expect(lookUps).not.toHaveBeenCalled();
  await send('unit scjg', [of('push.claimed', { push_id: 'of-scjg' })]);
  expect(lookUps).toHaveBeenCalledTimes(1);
});

test('what was refused for another’s push is not let in by a replay; what is right meanwhile is', async () => {
  await send('unit scjg', [of('push.claimed', { push_id: 'of-czj' }), voidOf('urn:b', 'late')]);
  await send('everything', [event({ source: 'urn:b', id: 'late', department: 'scjg' })]);
  const before = await limited.cli.warehouse.query<{ reason: string }>(
    "SELECT reason FROM rejects WHERE reason NOT IN ('not_granted', 'source_not_allowed')",
  );
  expect(before).toEqual([]);
  const { stdout } = await limited.cli.run('rejects', 'replay', '--all');
  const { still_wrong } = JSON.parse(stdout) as { accepted: number; still_wrong: number };
  expect(still_wrong).toBeGreaterThan(0);
  const claims = await limited.cli.warehouse.query<{ origin_kind: string }>(
    "SELECT origin_kind FROM events WHERE type = 'push.claimed' AND push_id = 'of-czj' AND origin_kind = 'replay'",
  );
  expect(claims).toEqual([]);
  const voids = await limited.cli.warehouse.query<{ n: number }>(
    "SELECT count() AS n FROM events WHERE type = 'event.voided' AND origin_kind = 'replay' AND position(data, 'late') > 0",
  );
  expect(voids[0]?.n).toBe(1);
});

test('with the warehouse away a limited key is told to come again, nothing is taken', async () => {
  const away = await buildIngestApp({
    writer: limited.sink,
    keys: { find: async () => ({ name: 'limited', sources: [], units: ['scjg'], may: [] }) },
    metrics: new IngestMetrics(),
    findOwners: () => Promise.reject(Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' })),
    ready: async () => true,
    away: '',
  });
  const answer = await away.inject({
    method: 'POST',
    url: '/v1/events',
    headers: { authorization: 'Bearer x', 'content-type': 'application/x-ndjson' },
    payload: JSON.stringify(of('push.claimed', { push_id: 'of-scjg' })),
  });
  expect([answer.statusCode, answer.headers['retry-after']]).toEqual([503, '2']);
  await away.close();
});
