import { Type } from 'typebox';
import {
  Day,
  type EventFamily,
  fixed,
  Id,
  List,
  named,
  type Problem,
  Quarter,
  Text,
  Unit,
  Written,
} from '../event-type.ts';

/** The items whose points the office may award, and their maxima (附件2-1: “酌情”). */
const MARK_MAXIMA: Record<string, number> = { unlicensed: 5, dr_single: 6 };

interface Mark {
  item: string;
  points: number;
}

function markWithinMaximum({ item, points }: Mark): Problem | undefined {
  const maximum = Object.hasOwn(MARK_MAXIMA, item) ? MARK_MAXIMA[item] : undefined;
  if (maximum === undefined)
    return {
      reason: 'mark_item',
      detail: `data.item: marks are awarded for ${Object.keys(MARK_MAXIMA).join(' and ')}, not for ${JSON.stringify(item)}`,
    };
  if (points < 0 || points > maximum)
    return {
      reason: 'mark_points',
      detail: `data.points: ${points} is not between 0 and ${maximum}, the maximum of ${item}`,
    };
  return undefined;
}

const marksStated = {
  oneOf: Object.entries(MARK_MAXIMA).map(([item, maximum]) => ({
    properties: { item: { const: item }, points: { minimum: 0, maximum } },
  })),
};

interface Outage {
  from: string;
  to: string;
}

function daysInOrder({ from, to }: Outage): Problem | undefined {
  return from > to ? { reason: 'days_reversed', detail: `data.from: ${from} is after data.to: ${to}` } : undefined;
}

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
        item: Text('item: unlicensed (0–5) or dr_single (0–6)'),
        unit: Unit('unit that gets the points'),
        points: Type.Number({ description: 'points' }),
        reason: Written('reason'),
        approver: Written('approver'),
      },
      { check: markWithinMaximum as never, stated: marksStated },
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
      { check: daysInOrder as never },
    ),
    fixed('event.voided', '事件作废', 'An event is declared never to have happened', '[I]', {
      event_source: Text('source of that event'),
      event_id: Id('id of that event'),
      reason: Written('reason'),
    }),
    named('supervision.issued', '督查', 'A supervision notice', '000, 001', { unit: 'unit', finding: 'finding' }),
    named('audit.run', '跟踪审计', 'An audit', '000, 001', { unit: 'unit', finding: 'finding' }),
    named('score.computed', '评分计算', 'Scores were computed', '000, 002', {
      quarter: 'quarter',
      ruleset_version: 'rule set',
      snapshot_hash: 'hash',
    }),
    named('score.published', '评分发布', 'Scores were published', '000, 002', {
      quarter: 'quarter',
      ruleset_version: 'rule set',
      snapshot_hash: 'hash',
    }),
    named('score.corrected', '评分更正', 'Scores were corrected', '000, 002', {
      quarter: 'quarter',
      ruleset_version: 'rule set',
      snapshot_hash: 'hash',
    }),
    named('circular.issued', '通报', 'A circular was issued', '000, 002', {
      quarter: 'quarter',
      ruleset_version: 'rule set',
      snapshot_hash: 'hash',
    }),
  ],
};
