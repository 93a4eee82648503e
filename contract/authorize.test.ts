import { describe, expect, test } from 'vitest';
import { authorize } from './authorize.ts';
import { eventTypes } from './schema/event-types.ts';
import { fullRights, unrestrictedRights, type WriteRights } from './write-rights.ts';

interface Told {
  source?: string;
  department?: string;
  data?: object;
}
const reason = (type: string, rights: WriteRights, { source = 'urn:a', department = 'scjg', data = {} }: Told = {}) => {
  const bytes = Buffer.from(JSON.stringify(data));
  const text = (value: string) => ({ text: value });
  const event = { bytes, dataStart: 0, dataEnd: bytes.length, type: text(type), source: text(source) };
  return authorize({ ...event, department: text(department) }, rights)?.reason;
};
const limited = (rights: Partial<WriteRights>): WriteRights => ({
  by: 'k',
  sources: 'all',
  units: 'all',
  may: [],
  ...rights,
});
const typesOf = (actor: string) =>
  [...eventTypes.values()].filter((type) => type.actor === actor).map(({ type }) => type);

test('who does which event, as contract §7 names them', () => {
  expect(typesOf('registry').sort()).toEqual([
    'entity.cancelled',
    'entity.registered',
    'entity.revoked',
    'push.reminded',
    'push.return_confirmed',
    'push.voided',
    'registration.pushed',
    'risk.scored',
    'tier.changed',
  ]);
  expect(typesOf('office')).toEqual(
    expect.arrayContaining([
      'mark.awarded',
      'meeting.held',
      'material.due',
      'outage.declared',
      'quality.checked',
      'event.voided',
    ]),
  );
  expect(typesOf('product')).toEqual(expect.arrayContaining(['score.computed', 'score.published', 'score.corrected']));
  expect(typesOf('unit')).toEqual(expect.arrayContaining(['draw.executed', 'login.succeeded', 'push.claimed']));
});

describe.each([...eventTypes.values()].map(({ type, actor }) => [type, actor] as const))('%s', (type, actor) => {
  const rights = {
    file: fullRights('f'),
    'unrestricted key, Kafka': unrestrictedRights('k'),
    unit: limited({ units: ['scjg'] }),
    source: limited({ sources: ['urn:a'] }),
    'unit of the registry': limited({ units: ['scjg'], may: ['registry'] }),
    'unit of the office': limited({ units: ['scjg'], may: ['office'] }),
  };
  const may: Record<keyof typeof rights, readonly string[]> = {
    file: ['unit', 'registry', 'office', 'product'],
    'unrestricted key, Kafka': ['unit', 'registry', 'office'],
    unit: ['unit'],
    source: ['unit'],
    'unit of the registry': ['unit', 'registry'],
    'unit of the office': ['unit', 'office'],
  };
  test.each(Object.keys(rights) as (keyof typeof rights)[])('by %s', (who) => {
    // That names nobody is about all others, which takes the office.
    const data = type === 'punishment.initiated' ? { implementers: ['scjg'] } : {};
    expect(reason(type, rights[who], { data })).toBe(may[who].includes(actor) ? undefined : 'not_granted');
  });
});

test('the envelope comes first: source, then unit', () => {
  const rights = limited({ sources: ['urn:a', 'urn:b'], units: ['scjg'] });
  expect(reason('mark.awarded', rights, { source: 'urn:c' })).toBe('source_not_allowed');
  expect(reason('mark.awarded', rights, { department: 'czj' })).toBe('unit_not_allowed');
  expect(reason('login.succeeded', rights, { source: 'urn:b' })).toBeUndefined();
});

test('a key voids what is of its own source, and of others only by a grant', () => {
  const voided = (rights: WriteRights, event_source: string, source = 'urn:a') =>
    reason('event.voided', rights, { source, data: { event_source, event_id: '1', reason: 'r' } });
  const own = limited({ sources: ['urn:a', 'urn:b'] });
  expect([voided(own, 'urn:a'), voided(own, 'urn:b'), voided(own, 'urn:c')]).toEqual([
    undefined,
    undefined,
    'not_granted',
  ]);
  expect(voided(limited({ sources: ['urn:a'], may: ['office'] }), 'urn:c')).toBeUndefined();
  // A key of units may name any source, so none is its own: it would void the events of others under their name.
  expect(voided(limited({ units: ['scjg'] }), 'urn:victim', 'urn:victim')).toBe('not_granted');
  expect(voided(unrestrictedRights('k'), 'urn:c')).toBeUndefined();
});

test('the unit that data names as acting is the one of the envelope', () => {
  const rights = limited({ units: ['scjg', 'czj'] });
  const lead = (unit: string) => reason('task.created', rights, { data: { task_id: 't', lead: unit } });
  expect([lead('scjg'), lead('gaj'), lead('czj')]).toEqual([undefined, 'not_granted', 'not_granted']);
  const from = (from_unit: unknown) => reason('push.dispatched', rights, { data: { from_unit } });
  expect([from('scjg'), from(undefined), from(['scjg'])]).toEqual([undefined, undefined, 'not_granted']);
  expect(reason('task.created', unrestrictedRights('k'), { data: { lead: 'gaj' } })).toBeUndefined();
});
