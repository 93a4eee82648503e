import { usccProblem } from '@hengjian/contract/schema/uscc.ts';
import { expect, it } from 'vitest';
import { parseWorkedExamples, readWorkedExamples, usccOf } from './worked-examples.ts';

const good = `- name: one claim
  quarter: 2025Q2
  events:
    - { at: 2025-04-10, type: registration.pushed, department: wjw, subject: A, push_id: P1, bucket: licensed }
    - { at: 2025-04-11 23:59, type: push.claimed, department: wjw, push_id: P1 }
    - { at: 2025-04-11, type: draw.executed, department: wjw, task_id: T1, objects: [A, B] }
  expect:
    wjw: { claim: 1/1 }
`;
const parse = (text: string) => () => parseWorkedExamples(text, 'own.examples.yaml');

it('reads events: times, subjects by short names, required texts and lists filled', () => {
  const [example] = parseWorkedExamples(good, 'own.examples.yaml');
  expect(example!.events).toMatchObject([
    {
      time: '2025-04-10T10:00:00+08:00',
      subject: usccOf('A'),
      data: { push_id: 'P1', bucket: 'licensed', matters: [] },
    },
    { time: '2025-04-11T23:59:00+08:00', data: { push_id: 'P1' } },
    { data: { objects: [usccOf('A'), usccOf('B')] } },
  ]);
  expect(new Set(example!.events.map(({ id }) => id)).size).toBe(3);
  expect(example!.expect).toEqual({ wjw: { claim: '1/1' } });
});

it('makes different USCCs of different names and leaves a USCC as it is', () => {
  const names = ['A', 'B', 'S1', 'S2', '某公司'];
  expect(new Set(names.map(usccOf)).size).toBe(5);
  expect(names.map(usccOf).map(usccProblem)).toEqual(names.map(() => undefined));
  expect(usccOf('91320100MA1XYWG030')).toBe('91320100MA1XYWG030');
});

it.each([
  ['2025-04-10,', '2025-04-31,', /line 4: at is "2025-04-31"/],
  ['push.claimed', 'push.claim', /line 5: there is no event type "push\.claim"/],
  ['bucket: licensed', 'bucket: other', /line 4: registration\.pushed: \/bucket/],
  ['task_id: T1, ', '', /line 6: draw\.executed: .*task_id/],
  ['quarter: 2025Q2', 'quarter: 2025-2', /line 1: the example needs a quarter/],
  ['claim: 1/1', 'claim: [', /not YAML/],
])('refuses %s → %s, naming line and reason', (from, to, message) => {
  expect(parse(good.replace(from, to))).toThrow(message);
  expect(parse(good.replace(from, to))).toThrow(/own\.examples\.yaml/);
});

it('says, without a file, where to write them and how', () => {
  expect(() => readWorkedExamples('/nowhere/mycity.examples.yaml')).toThrow(
    /mycity\.examples\.yaml holds no usable examples: there is no such file; write examples into it as docs\/rule-sets\.md shows/,
  );
});
