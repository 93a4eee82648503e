/** What a limited key's events may act upon: pushes of its own unit, voids of its own events (contract §7). */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { USCC } from '../testing/event.ts';
import { type LimitedKeys, limitedKeys, of, voidOf } from '../testing/limited-keys.ts';

let limited: LimitedKeys;
beforeAll(async () => {
  limited = await limitedKeys();
});
afterAll(() => limited?.close());
const send: LimitedKeys['send'] = (key, events) => limited.send(key, events);

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
