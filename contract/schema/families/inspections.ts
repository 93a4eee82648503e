import { Type } from 'typebox';
import {
  AnyText,
  Count,
  Day,
  type EventFamily,
  Flag,
  fixed,
  Id,
  Lenient,
  List,
  named,
  OneOf,
  Optional,
  type Problem,
  recordMembers,
  Text,
  Unit,
  Uscc,
  Year,
} from '../event-type.ts';

/** Result codes of the national form (domain §6.4). Code 1, nothing found, excludes all others. */
const RESULT_CODES = '1 E F 7 8 9 10 11 12 A 2 B C 6 D 3 4 5 G'.split(' ');

const subject = { subject: 'required' } as const;
const task = { task_id: Id('the task') };
const upon = { upon: 'task' } as const;
/** Of a step that the product itself takes. */
const step = { task_id: Lenient(AnyText('task')), attempt: Lenient(Count('number of the attempt, from 1')) };
/** What is read of a plan as a member; the plan itself is read as it was committed to. */
const planned = Type.Object(
  {
    rules: Optional(
      Type.Object({
        check_type: Optional(AnyText('kind of check')),
        exemption: Optional(AnyText('ground for exemption')),
      }),
    ),
  },
  { description: 'plan' },
);
const pair = Type.Object({ subject: AnyText('subject'), inspectors: List(AnyText('inspector'), 'its team') });

function exclusiveCodes({ codes }: { codes: string[] }): Problem | undefined {
  if (codes.length > 1 && codes.includes('1'))
    return { reason: 'codes_exclusive', detail: 'data.codes: code 1 (nothing found) excludes all others' };
  return undefined;
}

const exclusiveStated = {
  if: { properties: { codes: { contains: { const: '1' } } } },
  // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
  then: { properties: { codes: { maxItems: 1 } } },
};

/** The product’s own steps of a draw (contract §7): nobody else may say that something was committed to or drawn by proof. */
const PRODUCT = { actor: 'product' } as const;

export const inspections: EventFamily = {
  family: 'inspections',
  title: { zh: '双随机、一公开', en: 'Random inspections' },
  types: [
    fixed('library.updated', '名录库更新', 'A library was updated', '000–003', {
      library: OneOf(['items', 'objects', 'inspectors'], 'which library'),
      count: Count('entries'),
      approved_by_legal: Optional(Flag('approved by the legal office')),
      approved_by_office: Optional(Flag('approved by the administration')),
    }),
    fixed('plan.filed', '抽查计划', 'A yearly plan was filed', '000, 002', {
      plan_id: Id('the plan'),
      year: Year('year'),
    }),
    fixed(
      'task.created',
      '抽查任务',
      'A task was created',
      '000, 002',
      {
        ...task,
        plan_id: Optional(Id('the plan')),
        year: Year('year'),
        scope: OneOf(['single', 'joint'], 'one department or several'),
        lead: Unit('leading unit'),
        participants: Optional(List(Unit('unit'), 'other units')),
        directed: Flag('directed at a kind of subject'),
        title: Lenient(AnyText('title')),
        matters: Lenient(List(AnyText('matter'), 'what is checked, in words')),
      },
      { actingUnit: 'lead', concerns: 'participants', unnamed: 'nobody', ...upon },
    ),
    named(
      'inspector.registered',
      '执法检查人员入库',
      'An inspector’s entry in the library, as it stands from now on',
      '[I]',
      {
        inspector: Id('the inspector, within the unit'),
        name: Text('name'),
        certificate: AnyText('number of the enforcement certificate; empty: none'),
        valid_until: Day('last day of its validity'),
        active: Flag('false: not drawn any more'),
        specialties: Optional(List(Text('specialty'), 'what the person may check; none: everything')),
        areas: Optional(List(Text('area'), 'where the person is sent; none: everywhere')),
        home_area: Optional(AnyText('area in which the person recuses')),
        lead: Optional(Flag('may lead a team')),
        expert: Optional(Flag('is an expert')),
        max_load: Optional(Count('visits a year at most')),
        account: Optional(AnyText('account under which the person signs in')),
      },
    ),
    named(
      'recusal.declared',
      '回避申报',
      'An inspector declared an interest in a subject',
      '[I]',
      {
        inspector: Id('the inspector'),
        ground: OneOf(['declared', 'relation'], 'ground'),
        reason: Text('reason'),
      },
      'required',
    ),
    fixed(
      'draw.executed',
      '随机抽取',
      'Objects were drawn',
      '000–003',
      { ...task, objects: List(Uscc('subject'), 'objects drawn') },
      { ...upon, after: true },
    ),
    fixed(
      'inspection.done',
      '检查实施',
      'An inspection took place',
      '000, 002',
      { ...task, inspectors: Optional(List(Text('inspector'), 'inspectors')) },
      { ...subject, ...upon },
    ),
    fixed(
      'result.entered',
      '检查结果录入',
      'The result was entered',
      '000–002, 004',
      { ...task, codes: List(OneOf(RESULT_CODES, 'code'), 'result codes (national form)') },
      { ...subject, ...upon, check: exclusiveCodes as never, stated: exclusiveStated },
    ),
    fixed('result.published', '检查结果公示', 'The result was published', '000–002', task, { ...subject, ...upon }),
    named(
      'inspection.entered',
      '抽查检查信息',
      'A check was entered',
      '000, 001, 003, 004',
      { ...recordMembers, task_id: 'task', kind: 'kind', checked_at: 'when', result_codes: 'codes' },
      'optional',
    ),
    named('joint_plan.consulted', '联合抽查方案征求意见', 'A unit was asked about a joint plan', '002', {
      task_id: 'task',
      dept: 'unit',
      reply: 'reply',
    }),
    named(
      'draw.committed',
      '抽取承诺',
      'Frame and plan of a draw were frozen and committed to',
      '[I]',
      {
        ...step,
        frame_id: Lenient(AnyText('name under which the rows are kept')),
        frame: 'rows, sha256 and merkle_root of the frame',
        plan: Lenient(planned),
        plan_hash: 'hash of the plan',
        commit: 'commitment',
      },
      'free',
      PRODUCT,
    ),
    named(
      'draw.objects_executed',
      '抽取检查对象',
      'Objects were drawn, with proof',
      '000–003',
      {
        ...step,
        snapshot_hash: 'hash of the list',
        seed_commit: 'commitment',
        strata: 'strata',
        selected: 'selected',
      },
      'free',
      PRODUCT,
    ),
    named(
      'draw.inspectors_executed',
      '抽取检查人员',
      'Inspectors were drawn',
      '000–003',
      {
        ...step,
        pool_hash: 'hash of the pool',
        day: Lenient(AnyText('day of the visits')),
        pairs: Lenient(List(pair, 'pairs')),
        inputs: 'the lists of visits, inspectors and recusals that were drawn from',
      },
      'free',
      PRODUCT,
    ),
    named(
      'draw.adjusted',
      '抽取调整',
      'A draw was adjusted',
      '[I]',
      {
        ...step,
        number: Lenient(Count('number of the change within the attempt, from 1')),
        subject: Lenient(AnyText('of a change of the team: whose visit')),
        from: Lenient(AnyText('from')),
        to: Lenient(AnyText('to')),
        ground: Lenient(AnyText('of a recusal: its ground')),
        barred: Lenient(List(AnyText('inspector'), 'of a recusal: who could not take the place either')),
        reason: Lenient(AnyText('reason')),
        approver: Lenient(AnyText('approver')),
      },
      'free',
      PRODUCT,
    ),
    named(
      'draw.published',
      '抽取结果公布',
      'The record of a draw was made public',
      '[I]',
      { ...step, record_sha256: Lenient(AnyText('SHA-256 of the public record in its RFC 8785 form')) },
      'free',
      PRODUCT,
    ),
    named(
      'result.closed',
      '后续处置完结',
      'Follow-up of a result ended',
      '[code]',
      { disposal_state: 'state', closed_at: 'when' },
      'optional',
    ),
  ],
};
