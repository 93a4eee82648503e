/** The ways in which rows are read. A layout names one; its columns are given here. */
export interface ReadingColumns {
  zh: string;
  en: string;
  columns: readonly string[];
  /** Without them no event can be made. */
  needs: readonly string[];
  /** Several rows make one event, so that a refused row cannot be sent again alone. */
  grouped: boolean;
}

const FIRM = ['subject', 'name'];
const DECISION = [
  ...FIRM,
  'doc',
  'decided',
  'kind',
  'organ',
  'organcode',
  'source',
  'sourcecode',
  'status',
  'entry',
  'stamp',
  'published',
  'party',
];

const reading = (
  zh: string,
  en: string,
  columns: readonly string[],
  needs: readonly string[],
  grouped = false,
): ReadingColumns => ({
  zh,
  en,
  columns,
  needs,
  grouped,
});

export const READINGS = {
  licences: reading(
    '行政许可',
    'licences',
    [...DECISION, 'project', 'cert', 'doctitle', 'content', 'vfrom', 'vto'],
    ['decided', 'kind'],
  ),
  penalties: reading(
    '行政处罚',
    'penalties',
    [...DECISION, 'title', 'result', 'kind2', 'fine', 'confiscated', 'procedure'],
    ['doc', 'decided', 'kind'],
  ),
  pushes: reading(
    '双告知',
    'pushes',
    [
      ...FIRM,
      'matter',
      'pushed',
      'designated',
      'actual',
      'function',
      'type',
      'claimed',
      'received',
      'returned',
      'reason',
      'confirmed',
      'pushid',
    ],
    ['subject', 'matter', 'pushed'],
  ),
  results: reading(
    '检查结果',
    'results of inspections',
    [...FIRM, 'task', 'done', 'result', 'dept', 'people', 'state', 'entered', 'published'],
    ['subject', 'task', 'done'],
  ),
  draws: reading('抽取名单', 'objects drawn', [...FIRM, 'task', 'drawn', 'lead'], ['subject', 'task', 'drawn'], true),
  tasks: reading(
    '抽查任务',
    'inspection tasks',
    ['task', 'tname', 'lead', 'stype', 'ttype', 'others', 'plan', 'year', 'set', 'begin'],
    ['task', 'lead'],
  ),
  listings: reading(
    '经营异常与严重违法名单',
    'lists of abnormal and dishonest subjects',
    [...FIRM, 'listed', 'reason', 'organ', 'state', 'removed', 'outreason', 'outorgan'],
    ['subject', 'listed'],
  ),
  quarter_lists: reading(
    '季度清单',
    'quarterly lists',
    [...FIRM, 'doc', 'decided', 'unit', 'quarter', 'kind', 'sent'],
    ['subject', 'doc', 'decided', 'quarter', 'kind', 'sent'],
    true,
  ),
  attendance: reading(
    '会议签到',
    'attendance',
    ['unit', 'status', 'signed', 'meeting', 'held', 'organiser'],
    ['unit', 'status', 'meeting', 'held'],
    true,
  ),
  materials: reading(
    '材料上报',
    'materials',
    ['ob', 'unit', 'due', 'sent', 'asked', 'asker'],
    ['ob', 'unit', 'due'],
    true,
  ),
  logins: reading('平台登录', 'sign-ins', ['account', 'unit', 'at'], ['account', 'at']),
  firms: reading(
    '市场主体',
    'market subjects',
    [...FIRM, 'registered', 'kindtext', 'industry', 'address', 'state', 'cancelled', 'revoked', 'approved', 'organ'],
    ['subject', 'name', 'registered'],
  ),
  plans: reading('年度抽查计划', 'yearly plans', ['plan', 'pname', 'lead', 'year', 'filed', 'made'], ['plan', 'lead']),
  punishments: reading(
    '联合惩戒',
    'joint punishment',
    [
      ...FIRM,
      'case',
      'initiator',
      'initiated',
      'implementer',
      'measure',
      'received',
      'applied',
      'fedback',
      'result',
      'decided',
    ],
    ['subject', 'case', 'initiated'],
    true,
  ),
  repairs: reading(
    '信用修复',
    'credit repair',
    [...FIRM, 'doc', 'applied', 'approved', 'outcome', 'handler', 'organ'],
    ['subject', 'doc', 'applied'],
  ),
  objections: reading(
    '公示信息异议',
    'objections to records',
    [
      ...FIRM,
      'objection',
      'record',
      'filed',
      'organ',
      'forwarded',
      'provider',
      'verified',
      'consistent',
      'answered',
      'answerer',
    ],
    ['objection', 'record', 'filed'],
  ),
  /** Made of the schema of a type (`entries/entry-layouts.ts`), never by a file. */
  entries: reading('登记表', 'entries of one type', [], []),
} as const satisfies Record<string, ReadingColumns>;

export type ReadingName = keyof typeof READINGS;
