import { eventTypes } from '@hengjian/contract/schema/event-types.ts';
import { expect, test } from 'vitest';
import { unitsOutside } from './units-outside.ts';

const of = (units: string[] | 'all', type: string, data: Record<string, unknown>) =>
  unitsOutside({ units }, { type, department: 'x', data }).map(({ field, reason }) => `${field} ${reason}`);

test.each([
  ['meeting.held', 'required', ['scjg'], ['scjg', 'czj']],
  ['material.due', 'required', ['scjg'], ['czj']],
  ['outage.declared', 'units', ['scjg'], []],
  ['punishment.initiated', 'implementers', ['scjg'], []],
  ['task.created', 'participants', [], ['scjg', 'czj']],
  ['objection.forwarded', 'to_unit', 'scjg', 'czj'],
])('%s: of its own units alone, by %s', (type, member, own, others) => {
  expect(of(['scjg'], type, { [member]: own })).toEqual([]);
  expect(of(['scjg'], type, { [member]: others })).toEqual([`${member} unit_not_allowed`]);
  // An account without a limit, and that of the office as a department of its own.
  expect(of('all', type, { [member]: others })).toEqual([]);
  expect(of(['office'], type, { [member]: others })).toEqual([]);
});

test('a mark: of no other unit, and not of the own one; of the office itself any', () => {
  expect(of(['scjg'], 'mark.awarded', { unit: 'czj' })).toEqual(['unit unit_not_allowed']);
  expect(of(['scjg'], 'mark.awarded', { unit: 'scjg' })).toEqual(['unit unit_not_allowed']);
  expect(of(['office', 'scjg'], 'mark.awarded', { unit: 'scjg' })).toEqual(['unit unit_not_allowed']);
  expect(of(['office', 'scjg'], 'mark.awarded', { unit: 'czj' })).toEqual([]);
  expect(of('all', 'mark.awarded', { unit: 'scjg' })).toEqual([]);
});

test('every act of the office that names units in a fixed member says which', () => {
  const naming = [...eventTypes.values()].filter(
    ({ actor, fixed, data }) =>
      fixed &&
      actor === 'office' &&
      ['unit', 'units', 'required'].some((name) =>
        Object.hasOwn((data as unknown as { properties: object }).properties, name),
      ),
  );
  expect(naming.map(({ type, concerns }) => [type, concerns !== undefined])).toEqual(
    naming.map(({ type }) => [type, true]),
  );
  expect(naming.length).toBeGreaterThanOrEqual(4);
});
