/** What systems sent before it is listed: ids of their own, hours of the day, and what a table has no cell for. */
import { usccCheckCharacter } from '@hengjian/contract/schema/uscc.ts';

const FIRM = '91320671MA1XYT0015';
const OTHER = '92320671MA2XYT002B';

const event = (id: string, type: string, time: string, department: string, data: object, subject?: string) =>
  JSON.stringify({ specversion: '1.0', id, source: 'urn:city:credit,%20a', type, time, department, subject, data });
const code = (index: number) => {
  const first = `91320671MA2${String(index).padStart(6, '0')}`;
  return `${first}${usccCheckCharacter(first)}`;
};
/** More steps than a cell of a workbook holds marks of. */
const TARGETS = Array.from({ length: 200 }, (_, index) => code(index));
const LARGE = [
  event('l 0', 'punishment.initiated', '2025-04-01T08:30:15.5+08:00', 'scjg', {
    case_id: 'B-1',
    targets: TARGETS,
    measure: '限制投标',
    implementers: ['jsj'],
  }),
  ...TARGETS.flatMap((target, index) =>
    ['received', 'applied'].map((step, day) =>
      event(
        `l-${index}-${step}`,
        `punishment.${step}`,
        `2025-04-0${day + 2}T08:30:15+08:00`,
        'jsj',
        { case_id: 'B-1', targets: [target] },
        target,
      ),
    ),
  ),
];
export const SENT = [
  ...LARGE,
  event('t1', 'tier.changed', '2025-04-01T08:30:15+08:00', 'jsj', { tier: 'D', reasons: ['x'] }, FIRM),
  event('t2', 'risk.scored', '2025-04-01T08:30:15+08:00', 'jsj', { tier: 'D', reasons: ['x'] }, FIRM),
  event('p 1', 'punishment.initiated', '2025-04-01T08:30:15.5+08:00', 'scjg', {
    case_id: 'A-1',
    targets: [FIRM, OTHER],
    measure: '限制投标',
    implementers: ['jsj', 'yjgl'],
    note: 'x',
  }),
  event('p2', 'punishment.received', '2025-04-02T08:30:15Z', 'jsj', { case_id: 'A-1', targets: [FIRM] }, FIRM),
  event('p3', 'punishment.applied', '2025-04-03T09:00:00+08:00', 'jsj', { case_id: 'A-1', targets: [FIRM] }, FIRM),
  event('p4', 'punishment.fed_back', '2025-04-04T09:00:00+08:00', 'yjgl', { case_id: 'A-1', targets: [OTHER] }, OTHER),
  event('r1', 'repair.applied', '2025-04-01T09:30:00+08:00', 'scjg', { record_id: '〔2025〕 1号' }, FIRM),
  event('r2', 'repair.approved', '2025-04-05T09:30:00+08:00', 'scjg', { record_id: '〔2025〕 1号' }, FIRM),
  event('o1', 'objection.filed', '2025-04-01T09:30:00+08:00', 'scjg', { objection_id: 'o/1', record_id: '2号' }, FIRM),
  event('o2', 'objection.forwarded', '2025-04-02T09:30:00+08:00', 'scjg', {
    objection_id: 'o/1',
    record_id: '2号',
    to_unit: 'jsj',
  }),
  event('o3', 'objection.verified', '2025-04-03T09:30:00+08:00', 'jsj', {
    objection_id: 'o/1',
    record_id: '2号',
    consistent: false,
  }),
  event(
    'x1',
    'licence.entered',
    '2025-04-03T09:30:15+08:00',
    'jsj',
    { doc_no: '许〔2025〕 1号', decided_on: '2025-04-02', kind: '普通', valid_to: '2026-04-01', authority: '某分局' },
    FIRM,
  ),
  // Entered twice by the system, and published.
  event(
    'x2',
    'licence.entered',
    '2025-04-04T09:30:15+08:00',
    'jsj',
    { doc_no: '许〔2025〕 1号', decided_on: '2025-04-02', kind: '普通' },
    FIRM,
  ),
  event('x3', 'record.published', '2025-04-05T09:30:15+08:00', 'jsj', { record_id: '许〔2025〕 1号' }, FIRM),
  event(
    'x4',
    'penalty.entered',
    '2025-04-03T12:00:00+08:00',
    'jsj',
    {
      doc_no: '123456789012345678',
      decided_on: '2025-04-03',
      procedure: 'general',
      kind: '警告;罚款',
      amount: 1234.56,
      confiscated: 0.1,
      time_from: 'decision',
      status: 'revoked',
    },
    OTHER,
  ),
  event(
    'x5',
    'penalty.entered',
    '2025-04-04T00:00:00+08:00',
    'jsj',
    { doc_no: '=1+1', decided_on: '2025-04-03', procedure: 'unknown', kind: '其他', time_from: 'stamp' },
    OTHER,
  ),
  // Of somebody's else table: nothing to list here.
  event('x6', 'record.published', '2025-04-05T09:30:15+08:00', 'jsj', { record_id: '别的' }, OTHER),
  event(
    'g1',
    'registration.pushed',
    '2025-04-01T14:30:00+08:00',
    'jsj',
    { push_id: 'G、1', bucket: 'unlicensed', matters: ['甲', '乙'] },
    FIRM,
  ),
  event('g2', 'push.claimed', '2025-04-01T14:30:00+08:00', 'jsj', { push_id: 'G、1' }),
  event('g3', 'push.claimed', '2025-04-02T08:30:00+08:00', 'jsj', { push_id: 'G、1' }),
  event('g4', 'push.receipt_fed_back', '2025-04-02T08:30:00+08:00', 'jsj', { push_id: 'G、1' }),
  event(
    'g5',
    'registration.pushed',
    '2025-04-01T14:30:00+08:00',
    'jsj',
    { push_id: 'G2', bucket: 'licensed', matters: [] },
    FIRM,
  ),
  // Its push is nowhere: there is no row to say it in.
  event('g6', 'push.claimed', '2025-04-02T08:30:00+08:00', 'jsj', { push_id: 'G3' }),
  ...['abnormal', 'blacklist'].flatMap((family) => [
    event(
      `${family}1`,
      `${family}.listed`,
      '2010-01-01T08:30:00+08:00',
      'scjg',
      { reason: '未报年报。', decided_on: '2009-04-01' },
      FIRM,
    ),
    event(
      `${family}2`,
      `${family}.removed`,
      '2025-04-02T08:30:00+08:00',
      'jsj',
      { reason: '已改正', decided_on: '2025-04-01', authority: '某局' },
      FIRM,
    ),
    event(
      `${family}3`,
      `${family}.listed`,
      '2025-04-03T08:30:00+08:00',
      'scjg',
      { reason: '又', decided_on: '2025-04-03' },
      FIRM,
    ),
  ]),
  event('m1', 'meeting.held', '2025-04-01T14:30:00+08:00', 'office', {
    meeting_id: '会 1',
    required: ['jsj', 'scjg', 'yjgl'],
  }),
  event('m2', 'meeting.attended', '2025-04-01T00:00:00+08:00', 'jsj', { meeting_id: '会 1', status: 'substitute' }),
  event('m3', 'meeting.attended', '2025-04-01T14:00:00+08:00', 'czj', { meeting_id: '会 1', status: 'excused' }),
  event('m4', 'material.due', '2025-04-01T14:30:00+08:00', 'office', {
    obligation_id: '材 1',
    due_on: '2025-04-20',
    required: ['jsj', 'scjg'],
  }),
  event('m5', 'material.submitted', '2025-04-02T14:30:00+08:00', 'jsj', { obligation_id: '材 1' }),
  event('m6', 'material.submitted', '2025-04-03T14:30:00+08:00', 'jsj', { obligation_id: '材 1' }),
  event('n1', 'login.succeeded', '2025-04-01T00:00:00+08:00', 'jsj', { account: "'张 三" }),
  event('n2', 'login.succeeded', '2025-04-01T12:00:00+08:00', 'jsj', { account: "'张 三" }),
  event(
    'e1',
    'inspection.done',
    '2025-04-01T00:00:00+08:00',
    'jsj',
    { task_id: 't 1', inspectors: ['张 三', '李四'] },
    FIRM,
  ),
  event(
    'e2',
    'result.entered',
    '2025-04-01T10:00:00+08:00',
    'jsj',
    { task_id: 't 1', codes: ['F', '3', 'G', 'D'] },
    FIRM,
  ),
  event('e3', 'result.published', '2025-04-01T11:00:00+08:00', 'jsj', { task_id: 't 1' }, FIRM),
  ...['', 'ZF-1'].map((certificate, index) =>
    event(`i${index}`, 'inspector.registered', '2025-01-06T10:11:12.345+08:00', 'scjg', {
      inspector: `R${index}`,
      name: `=演示${index}`,
      certificate,
      valid_until: '2026-12-31',
      active: true,
      specialties: [],
      areas: ['甲、乙', '丙'],
      home_area: '',
      max_load: 12,
    }),
  ),
];
