import { loadProject } from '@hengjian/models';
import { findRuleSet } from '@hengjian/models/ruleset/load-rule-sets.ts';
import { examplesFileOf } from '@hengjian/models/ruleset/new-rule-set.ts';
import { readWorkedExamples } from '@hengjian/models/ruleset/worked-examples.ts';
import { refresh } from '@hengjian/models/runner/refresh.ts';
import { loadEvents, type TestEvent } from '@hengjian/models/testing/load-events.ts';
import type { Warehouse } from '@hengjian/warehouse';

export const RATE_RULE_SETS = ['baoshan', 'jieshou', 'national', 'nanjing'] as const;

/**
 * What happens in 2025 in the worked examples of all rule sets without points, and under Baoshan a county (施甸县, 530521) with two townships and two departments:
 * in the second one sd-scj left a push unclaimed and sd-wjj claimed two.
 */
export async function fillRateExamples(warehouse: Warehouse): Promise<void> {
  const examples = RATE_RULE_SETS.flatMap((id) => readWorkedExamples(examplesFileOf(findRuleSet(id).file)));
  // What happened years ago would be quarters of their own; the figures of 2025 do without.
  const recent = ({ time }: TestEvent) => time >= '2025';
  const events = examples.flatMap(({ events: some }, n) => some.filter(recent).map((event) => own(event, n)));
  await loadEvents(warehouse, [...events, ...claims()]);
  await refresh(warehouse, loadProject({ ruleset: RATE_RULE_SETS.join(',') }));
}

/** Each log has its own cases and pushes, also beside the others. */
function own(event: TestEvent, n: number): TestEvent {
  const ids = ['case_id', 'push_id', 'objection_id'].filter((name) => name in event.data);
  const renamed = Object.fromEntries(ids.map((name) => [name, `${n}-${event.data[name]}`]));
  return { ...event, source: `${event.source}/${n}`, data: { ...event.data, ...renamed } };
}

function claims(): TestEvent[] {
  const pushes = [
    ['M1', 'sd-scj', '530521001', true],
    ['M2', 'sd-scj', '530521002', false],
    ['M3', 'sd-wjj', '530521002', true],
    ['M4', 'sd-wjj', '530521002', true],
  ] as const;
  return pushes.flatMap(([push_id, department, region, claimed]) => {
    const base = { source: 'test://more', department, region, subject: '91320100MA1XYWG030' };
    const pushed: TestEvent = {
      ...base,
      id: `${push_id}-pushed`,
      type: 'registration.pushed',
      time: '2025-04-10T10:00:00+08:00',
      data: { push_id, bucket: 'licensed', matters: [] },
    };
    const answer: TestEvent = {
      ...base,
      id: `${push_id}-claimed`,
      type: 'push.claimed',
      time: '2025-04-11T10:00:00+08:00',
      data: { push_id },
    };
    return claimed ? [pushed, answer] : [pushed];
  });
}
