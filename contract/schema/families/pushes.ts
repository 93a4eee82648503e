import {
  AnyText,
  Day,
  type EventFamily,
  fixed,
  Id,
  Lenient,
  List,
  named,
  OneOf,
  Optional,
  Text,
  Written,
} from '../event-type.ts';

const push = { push_id: Id('the push') };
const returned = { ...push, reason: Optional(Text('reason')) };

const REGISTRY = { actor: 'registry' } as const;

export const pushes: EventFamily = {
  family: 'pushes',
  title: { zh: '双告知推送', en: 'Pushes to the licensing units' },
  types: [
    fixed(
      'registration.pushed',
      '双告知推送',
      'A registration was pushed to a unit (its department)',
      '000–004',
      {
        ...push,
        bucket: OneOf(['licensed', 'unlicensed'], 'whether the business needs a licence'),
        matters: List(Text('matter'), 'licence matters'),
        name: Lenient(AnyText('name of the subject')),
      },
      { subject: 'required', actor: 'registry' },
    ),
    fixed('push.claimed', '认领', 'The unit claimed the push', '000–003', push),
    fixed('push.returned', '退回', 'The unit returned the push', '001', returned),
    fixed('push.return_confirmed', '退回确认', 'The return was confirmed', '001', returned, REGISTRY),
    fixed('push.voided', '推送作废', 'The push was voided', '001', { ...push, reason: Written('reason') }, REGISTRY),
    fixed(
      'push.outcome_fed_back',
      '办理反馈',
      'The unit reported the outcome',
      '000, 002, 003',
      {
        ...push,
        outcome: OneOf(['licensed', 'refused', 'not_applied', 'not_required'], 'outcome'),
        decided_on: Optional(Day('day of the decision')),
      },
      // The day of the decision moves the last day of the feedback.
      { after: true },
    ),
    fixed('followup.checked', '跟踪检查', 'On-site check of a pushed subject', '003', {
      ...push,
      checked_on: Day('day of the check'),
      finding: Text('finding'),
    }),
    named(
      'push.dispatched',
      '分派',
      'The push was handed on',
      '001',
      {
        push_id: Lenient(AnyText('the push')),
        from_unit: 'from',
        to_unit: Lenient(AnyText('to')),
        at: 'when',
      },
      'free',
      // Whom it is handed on to may answer it.
      { actingUnit: 'from_unit', after: true },
    ),
    named('push.receipt_fed_back', '接收反馈', 'Receipt was confirmed', '003', {
      push_id: Lenient(AnyText('the push')),
      at: 'when',
    }),
    named(
      'push.reminded',
      '提醒催告',
      'The unit was reminded',
      '004',
      {
        push_id: Lenient(AnyText('the push')),
        level: Lenient(OneOf(['before', 'on', 'after'], 'before, on or after the last day')),
        channel: 'channel',
      },
      'free',
      REGISTRY,
    ),
    named(
      'guidance.given',
      '行政指导',
      'Guidance was given',
      '000, 002',
      { push_id: 'push', content: 'content' },
      'optional',
    ),
  ],
};
