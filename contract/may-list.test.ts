/** Who may take which stored events away as a list: every type, every role, and what a limit leaves. */
import { describe, expect, test } from 'vitest';
import { mayList } from './may-list.ts';
import { eventFamilies, eventTypes } from './schema/event-types.ts';
import type { Role, Scope } from './scope.ts';

const scopeOf = (role: Role, limits: Partial<Scope> = {}): Scope => ({
  account: role,
  roles: [role],
  units: role === 'unit' ? ['scjg'] : 'all',
  areas: 'all',
  ...limits,
});
const LISTABLE = [...eventTypes.values()].filter(
  ({ type, actor }) =>
    actor !== 'product' &&
    !eventFamilies.some(({ family, types }) => family === 'publications' && types.some((one) => one.type === type)),
);
const refusedTo = (scope: Scope) =>
  LISTABLE.map(({ type }) => type)
    .filter((type) => !mayList(scope, [type]))
    .sort();

const TIERS = ['risk.scored', 'tier.changed'];
/** Acts of the office (contract §7), which a unit does not enter and finds on no page of entries. */
const OF_OFFICE =
  'audit.run mark.awarded material.due meeting.held outage.declared quality.checked risk.alert_assigned supervision.issued'.split(
    ' ',
  );

test('office and auditor list everything that is entered', () => {
  expect(refusedTo(scopeOf('office'))).toEqual([]);
  expect(refusedTo(scopeOf('auditor'))).toEqual([]);
});

test('a unit lists neither tiers nor what the office enters', () => {
  expect(refusedTo(scopeOf('unit'))).toEqual([...TIERS, ...OF_OFFICE].sort());
});

test('an office account of some units sees no tier, since none can be narrowed to a unit', () => {
  expect(refusedTo(scopeOf('office', { units: ['scjg'] }))).toEqual(TIERS);
});

test('whoever sees a tier on no page gets none in a list', () => {
  const withTiers = LISTABLE.filter(({ data }) =>
    Object.hasOwn((data as { properties?: object }).properties ?? {}, 'tier'),
  );
  expect(withTiers.map(({ type }) => type).sort()).toEqual(TIERS);
});

describe.each(['leader', 'inspector', 'admin'] as const)('%s', (role) => {
  test('lists nothing', () => {
    expect(refusedTo(scopeOf(role))).toHaveLength(LISTABLE.length);
  });
});

test('an account of an area lists nothing: a list cannot be narrowed to it', () => {
  expect(refusedTo(scopeOf('office', { areas: ['320671001'] }))).toHaveLength(LISTABLE.length);
});

test('what the product does, what is published and what nobody knows is in no list; nor is one refused type among others', () => {
  const office = scopeOf('office');
  for (const type of ['score.published', 'draw.committed', 'nobody.knows']) expect(mayList(office, [type])).toBe(false);
  expect(mayList(office, [])).toBe(false);
  expect(mayList(scopeOf('unit'), ['plan.filed', 'tier.changed'])).toBe(false);
});
