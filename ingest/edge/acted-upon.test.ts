/** What a limited key's events may act upon: pushes of its own unit, voids of its own events (contract §7). */
import { randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { IngestMetrics } from '../metrics/ingest-metrics.ts';
import { EventSink } from '../store/event-sink.ts';
import { findOwners } from '../store/find-owners.ts';
import { countWaitingRejects } from '../store/rejects/open-rejects.ts';
import { type CommandLine, commandLine } from '../testing/command-line.ts';
import { event, USCC } from '../testing/event.ts';
import { buildIngestApp } from './ingest-app.ts';
import { createKey, type NewKey } from './keys/key-log.ts';
import { KeyRing } from './keys/key-ring.ts';

let cli: CommandLine;
let sink: EventSink;
let app: FastifyInstance;
const keys: Record<string, string> = {};
const lookUps = vi.fn();
const KEYS: NewKey[] = [
  { name: 'everything' },
  { name: 'unit scjg', units: ['scjg'] },
  { name: 'source a', sources: ['urn:a'] },
  { name: 'both', sources: ['urn:a'], units: ['scjg'] },
  { name: 'unit czj', units: ['czj'] },
  { name: 'unit of the office', units: ['scjg'], may: ['office'] },
  { name: 'registry a', sources: ['urn:a'], may: ['registry'] },
];
beforeAll(async () => {
  cli = await commandLine();
  sink = new EventSink({ warehouse: cli.warehouse });
  for (const key of KEYS) keys[key.name] = await createKey(cli.warehouse, key);
  app = await buildIngestApp({
    writer: sink,
    keys: new KeyRing(cli.warehouse),
    metrics: new IngestMetrics(),
    findOwners: (upon) => {
      lookUps();
      return findOwners(cli.warehouse, upon);
    },
    ready: async () => true,
    away: '',
  });
  await send('everything', [
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
  ]);
});
afterAll(async () => {
  await app?.close();
  await sink?.stop();
  await cli?.close();
});

const push = (push_id: string, department: string, source: string) =>
  event({
    type: 'registration.pushed',
    source,
    department,
    subject: USCC,
    data: { push_id, bucket: 'licensed', matters: ['x'] },
  });
const of = (type: string, data: object, department = 'scjg', source = 'urn:a') =>
  event({ id: randomUUID(), type, source, department, data });
const voidOf = (event_source: string, event_id: string) => of('event.voided', { event_source, event_id, reason: 'x' });

async function send(key: string, events: object[]): Promise<(string | undefined)[]> {
  const answer = await app.inject({
    method: 'POST',
    url: '/v1/events',
    headers: { authorization: `Bearer ${keys[key]}`, 'content-type': 'application/x-ndjson' },
    payload: events.map((one) => JSON.stringify(one)).join('\n'),
  });
  const { rejected } = answer.json() as { rejected: { index: number; reason: string }[] };
  return events.map((_, index) => rejected.find((one) => one.index === index)?.reason);
}

const ACTS = [
  ['push.claimed', {}],
  ['push.returned', { reason: 'x' }],
  ['push.outcome_fed_back', { outcome: 'refused' }],
  ['followup.checked', { checked_on: '2025-04-02', finding: 'x' }],
  ['push.receipt_fed_back', { at: '2025-04-02' }],
] as const;

test.each(ACTS)(
  '%s: of pushes of its own unit, handed on ones included, and of none that is another’s',
  async (type, rest) => {
    const ahead = type === 'push.outcome_fed_back' ? 'not_granted' : undefined;
    const acts = ['of-scjg', 'handed-on', 'of-czj', 'nobody-pushed'].map((push_id) => of(type, { push_id, ...rest }));
    const expected = [undefined, undefined, 'not_granted'];
    expect(await send('unit scjg', acts)).toEqual([...expected, ahead]);
    for (const act of acts) act.id = randomUUID();
    expect(await send('source a', acts)).toEqual([...expected, undefined]);
    for (const act of acts) act.id = randomUUID();
    expect(await send('registry a', acts)).toEqual(acts.map(() => undefined));
    for (const act of acts) act.id = randomUUID();
    expect(await send('everything', acts)).toEqual(acts.map(() => undefined));
  },
);

test('tasks, punishments, objections and alerts are acted on by whose they are', async () => {
  const joint = { year: 2025, scope: 'joint', directed: false };
  const objection = { objection_id: 'O-desk', record_id: 'R' };
  await send('everything', [
    of('task.created', { task_id: 'T-czj', lead: 'czj', ...joint, scope: 'single' }, 'czj'),
    of('task.created', { task_id: 'T-both', lead: 'czj', ...joint, participants: ['scjg'] }, 'czj'),
    of('punishment.initiated', { case_id: 'C-czj', implementers: ['scjg'] }, 'czj'),
    of('objection.filed', objection, 'desk'),
    of('objection.filed', { objection_id: 'O-own', record_id: 'R' }),
    of('objection.forwarded', { ...objection, to_unit: 'czj' }, 'desk'),
    of('risk.alert_raised', { alert_id: 'A-czj' }, 'czj'),
    of('risk.alert_raised', { alert_id: 'A-given' }, 'czj'),
    of('risk.alert_assigned', { alert_id: 'A-given', unit: 'scjg' }, 'office'),
  ]);
  const acts = (unit: string) => [
    of('draw.executed', { task_id: 'T-czj', objects: [USCC] }, unit),
    { ...of('inspection.done', { task_id: 'T-czj' }, unit), subject: USCC },
    { ...of('result.published', { task_id: 'T-czj' }, unit), subject: USCC },
    of('task.created', { task_id: 'T-czj', lead: unit, ...joint }, unit),
    of('punishment.initiated', { case_id: 'C-czj', implementers: [unit] }, unit),
    of('objection.answered', objection, unit),
    of('risk.disposed', { alert_id: 'A-czj' }, unit),
    { ...of('result.published', { task_id: 'T-both' }, unit), subject: USCC },
    of('objection.answered', { objection_id: 'O-own', record_id: 'R' }, unit),
    of('risk.alert_disposed', { alert_id: 'A-given' }, unit),
    of('objection.answered', { objection_id: 'nobody filed it', record_id: 'R' }, unit),
  ];
  const no = 'not_granted';
  const yes = undefined;
  expect(await send('unit scjg', acts('scjg'))).toEqual([no, no, no, no, no, no, no, yes, yes, yes, no]);
  expect(await send('unit czj', acts('czj'))).toEqual([yes, yes, yes, yes, yes, yes, yes, yes, no, yes, no]);
  expect(await send('source a', acts('scjg'))).toEqual([no, no, no, no, no, no, no, yes, yes, yes, yes]);
  expect(await send('unit of the office', acts('scjg'))).toEqual(acts('scjg').map(() => yes));
});

test('a key of a unit names no other unit whose figures change by it', async () => {
  const task = { task_id: 'T-new', year: 2025, scope: 'joint', lead: 'scjg', directed: false };
  const acts = () => [
    of('task.created', { ...task, participants: ['czj'] }),
    of('punishment.initiated', { case_id: 'C-new', implementers: ['czj'] }),
    of('punishment.initiated', { case_id: 'C-all' }),
    of('objection.forwarded', { objection_id: 'O-new', record_id: 'R', to_unit: 'czj' }),
    of('task.created', task),
  ];
  const no = 'not_granted';
  expect(await send('unit scjg', acts())).toEqual([no, no, no, no, undefined]);
  expect(await send('unit of the office', acts())).toEqual(acts().map(() => undefined));
});

test('a record is attached and published by whose it is, however its number is written', async () => {
  const decided = { decided_on: '2025-04-02', kind: '普通' };
  const entered = (doc_no: string, unit: string, id = randomUUID()) => ({
    ...of('licence.entered', { doc_no, ...decided }, unit),
    id,
    subject: USCC,
  });
  const voided = entered('〔2025〕只此一号', 'czj');
  const byId = entered('〔2025〕9号', 'czj');
  await send('everything', [
    entered('演云许可〔2025〕1号', 'czj'),
    entered('演云许可〔2025〕2号', 'scjg'),
    entered('共用3号', 'czj'),
    entered('共用3号', 'scjg'),
    byId,
    of(
      'quarter_list.submitted',
      { quarter: '2025Q2', kind: 'licence', rows: [{ uscc: USCC, doc_no: '清单4号', decided_on: '2025-04-02' }] },
      'czj',
    ),
    of('honour.entered', { decided_on: '2025-04-02', case_id: 'honour-5' }, 'czj'),
    voided,
    voidOf('urn:a', voided.id),
  ]);
  const names = [
    '演云许可〔2025〕1号',
    '演云许可[2025] 1号',
    '演云许可〔2025〕２号',
    '共用3号',
    byId.id,
    '清单４号',
    'honour-5',
    '〔2025〕只此一号',
    '没有录入',
  ];
  const no = 'not_granted';
  const yes = undefined;
  for (const type of ['record.published', 'record.attached']) {
    const acts = () => names.map((record_id) => of(type, { record_id }));
    expect(await send('unit scjg', acts())).toEqual([no, no, yes, yes, no, no, no, yes, yes]);
    expect(await send('unit of the office', acts())).toEqual(names.map(() => yes));
    expect(await send('source a', acts())).toEqual(names.map(() => yes));
  }
});

test('what would count against others waits for what it speaks of: refused, told, and let in by a replay of whose it is', async () => {
  const joint = { year: 2025, scope: 'single', directed: false };
  const before = await countWaitingRejects(cli.warehouse);
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
  expect((await countWaitingRejects(cli.warehouse)) - before).toBe(10);
  await send('everything', [
    of('task.created', { task_id: 'T-next', lead: 'scjg', ...joint }),
    push('P-next', 'scjg', 'urn:registry'),
    of('risk.alert_raised', { alert_id: 'A-next' }),
  ]);
  await cli.run('rejects', 'replay', '--reason', 'not_granted');
  const stored = await cli.warehouse.query<{ id: string }>('SELECT id FROM events WHERE id IN {ids:Array(String)}', {
    ids: [...strange, ...own].map(({ id }) => id),
  });
  expect(stored.map(({ id }) => id).sort()).toEqual(own.map(({ id }) => id).sort());
  expect((await countWaitingRejects(cli.warehouse)) - before).toBe(5);
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
  const answer = await app.inject({
    method: 'POST',
    url: '/v1/events',
    headers: { authorization: `Bearer ${keys['unit scjg']}`, 'content-type': 'application/cloudevents-batch+json' },
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
  const before = await cli.warehouse.query<{ reason: string }>(
    "SELECT reason FROM rejects WHERE reason NOT IN ('not_granted', 'source_not_allowed')",
  );
  expect(before).toEqual([]);
  const { stdout } = await cli.run('rejects', 'replay', '--all');
  const { still_wrong } = JSON.parse(stdout) as { accepted: number; still_wrong: number };
  expect(still_wrong).toBeGreaterThan(0);
  const claims = await cli.warehouse.query<{ origin_kind: string }>(
    "SELECT origin_kind FROM events WHERE type = 'push.claimed' AND push_id = 'of-czj' AND origin_kind = 'replay'",
  );
  expect(claims).toEqual([]);
  const voids = await cli.warehouse.query<{ n: number }>(
    "SELECT count() AS n FROM events WHERE type = 'event.voided' AND origin_kind = 'replay' AND position(data, 'late') > 0",
  );
  expect(voids[0]?.n).toBe(1);
});

test('with the warehouse away a limited key is told to come again, nothing is taken', async () => {
  const away = await buildIngestApp({
    writer: sink,
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
