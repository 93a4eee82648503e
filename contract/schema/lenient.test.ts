import { Value } from 'typebox/value';
import { expect, test } from 'vitest';
import { factsOf } from '../facts/facts-of.ts';
import { eventTypes } from './event-types.ts';

const members = [...eventTypes.values()].flatMap(({ type, data }) =>
  Object.entries((data as unknown as { properties: Record<string, { readAs?: object }> }).properties)
    .filter(([, member]) => member.readAs)
    .map(([name, member]) => ({ type, name, member, readAs: member.readAs! })),
);

test('the members of rulesets.md §5 are declared', () => {
  const declared = new Set(members.map(({ type, name }) => `${type} ${name}`));
  const wanted = `record.attached record_id; push.receipt_fed_back push_id; push.dispatched push_id; push.reminded push_id; push.reminded level;
    linkage.action trigger_event_id; verify.queried hit; annual_report.filed year; quality.checked rule_id; quality.checked n; quality.checked failed;
    risk.alert_raised alert_id; risk.disposed alert_id; risk.alert_disposed alert_id; punishment.initiated implementers; objection.forwarded to_unit;
    punishment.applied decided_on; licence.entered publish; licence.entered valid_to; honour.entered decided_on; honour.entered doc_no; equity_pledge decided_on`;
  expect(wanted.split(';').filter((one) => !declared.has(one.trim()))).toEqual([]);
});

test.each(members)('$type is not refused for a $name of another form', ({ member, readAs }) => {
  const hostile = [null, 0, -1, 1.5, 1e300, true, '', 'x', '2025-02-30', [], [1, 'x'], {}, { a: 1 }];
  expect(hostile.every((value) => Value.Check(member as never, value))).toBe(true);
  expect(hostile.some((value) => !Value.Check(readAs as never, value))).toBe(true);
});

test('no engine meets a number that it cannot hold: what is read as a number is bounded', () => {
  const read = members.filter(({ readAs }) => [1e300, -1e300].some((value) => Value.Check(readAs as never, value)));
  expect(read.map(({ type, name }) => `${type} ${name}`)).toEqual([]);
  const { data } = eventTypes.get('annual_report.filed')!;
  expect([2024, 1e300].map((year) => Value.Check(data, { year }))).toEqual([true, true]);
  expect([2024, 1e300].map((year) => factsOf(eventTypes.get('annual_report.filed')!, { year }))).toEqual([
    '{"year":2024}',
    '{}',
  ]);
});
