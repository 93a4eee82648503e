import { Type } from 'typebox';
import type { RuleLimits } from '../../rule-limits.ts';
import {
  AnyText,
  Day,
  type EventFamily,
  fixed,
  Id,
  Lenient,
  List,
  named,
  type Problem,
  Quarter,
  Text,
  Unit,
  Written,
} from '../event-type.ts';

interface Mark {
  item: string;
  points: number;
}

/** Which items take marks, and their maxima, the rule sets know (附件2-1: “酌情”). */
function markWithinMaximum({ item, points }: Mark, limits?: RuleLimits): Problem | undefined {
  const marks = limits?.marks;
  if (marks && !Object.hasOwn(marks, item))
    return {
      reason: 'mark_item',
      detail: `data.item: marks are awarded for ${Object.keys(marks).join(' and ') || 'no item'}, not for ${JSON.stringify(item)}`,
    };
  const maximum = marks?.[item] ?? Number.POSITIVE_INFINITY;
  if (points >= 0 && points <= maximum) return undefined;
  return {
    reason: 'mark_points',
    detail:
      points < 0
        ? `data.points: ${points} is below 0`
        : `data.points: ${points} is not between 0 and ${maximum}, the maximum of ${item}`,
  };
}

const marksStated = { properties: { points: { minimum: 0 } } };

interface Outage {
  from: string;
  to: string;
}

function daysInOrder({ from, to }: Outage): Problem | undefined {
  return from > to ? { reason: 'days_reversed', detail: `data.from: ${from} is after data.to: ${to}` } : undefined;
}

const OFFICE = { actor: 'office' } as const;

export const office: EventFamily = {
  family: 'office',
  title: { zh: '联席办事务', en: 'Acts of the office' },
  types: [
    fixed(
      'mark.awarded',
      '酌情评分',
      'The office awarded points',
      '002',
      {
        quarter: Quarter('quarter'),
        item: Text('an item for which the rule set in use lets the office award marks'),
        unit: Unit('unit that gets the points'),
        points: Type.Number({ description: 'points, from 0 to the maximum of the item in the rule set in use' }),
        reason: Written('reason'),
        approver: Written('approver'),
      },
      { check: markWithinMaximum as never, stated: marksStated, actor: 'office', concerns: 'unit' },
    ),
    fixed(
      'outage.declared',
      '平台故障登记',
      'The platform was out of order',
      '[I]',
      {
        from: Day('first day'),
        to: Day('last day'),
        units: List(Unit('unit'), 'units hit; none means all'),
        reason: Written('reason'),
      },
      { check: daysInOrder as never, actor: 'office', concerns: 'units' },
    ),
    fixed(
      'event.voided',
      '事件作废',
      'An event is declared never to have happened',
      '[I]',
      {
        event_source: Text('source of that event'),
        event_id: Id('id of that event'),
        reason: Written('reason'),
        entered_by: Lenient(AnyText('of a form: account that entered it')),
      },
      { actor: 'office', ownSource: 'event_source' },
    ),
    named(
      'supervision.issued',
      '督查',
      'A supervision notice',
      '000, 001',
      { unit: 'unit', finding: 'finding' },
      'free',
      OFFICE,
    ),
    named('audit.run', '跟踪审计', 'An audit', '000, 001', { unit: 'unit', finding: 'finding' }, 'free', OFFICE),
  ],
};
