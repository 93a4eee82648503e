import { describe, expect, test } from 'vitest';
import { authorize } from './authorize.ts';
import type { Owners } from './owners.ts';
import type { RuleLimits } from './rule-limits.ts';
import { eventTypes } from './schema/event-types.ts';
import { fullRights, unrestrictedRights, type WriteRights } from './write-rights.ts';

interface Told {
  source?: string;
  department?: string;
  region?: string;
  data?: object;
  owners?: Owners;
  limits?: RuleLimits;
}
const reason = (
  type: string,
  rights: WriteRights,
  { source = 'urn:a', department = 'scjg', region = '', data = {}, owners, limits }: Told = {},
) => {
  const bytes = Buffer.from(JSON.stringify(data));
  const text = (value: string) => ({ text: value });
  const event = { bytes, dataStart: 0, dataEnd: bytes.length, type: text(type), source: text(source) };
  return authorize({ ...event, department: text(department), region: text(region) }, rights, owners, limits)?.reason;
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

test('where areas decide whose an event is, a key of units sends what counts for its units', () => {
  const county = (id: string, ...regions: string[]) => ({ id, regions });
  const units = [
    county('530502', '530502'),
    county('530521', '530521'),
    county('gaj'),
    county('old', '5305'),
    county('park', 'p-1'),
  ];
  const limits = { marks: {}, regional: [{ ruleset: 'baoshan', units }] };
  const own = limited({ units: ['ly-scj', '530502', 'gaj'] });
  const claimed = (department: string, region: string, rights = own) =>
    reason('login.succeeded', rights, { department, region, limits });
  expect(claimed('ly-scj', '530502003')).toBeUndefined();
  expect(claimed('ly-scj', '530521')).toBe('unit_not_allowed');
  expect(claimed('ly-scj', '530599')).toBe('unit_not_allowed');
  expect(claimed('ly-scj', 'p-1')).toBe('unit_not_allowed');
  // Of no unit, or of the department whatever the area.
  expect(claimed('ly-scj', 'p-11')).toBeUndefined();
  expect(claimed('ly-scj', '')).toBeUndefined();
  expect(claimed('gaj', '530521')).toBeUndefined();
  expect(claimed('ly-scj', '530502', limited({ units: ['ly-scj'] }))).toBe('unit_not_allowed');
  expect(claimed('ly-scj', '530521', limited({ sources: ['urn:a'] }))).toBeUndefined();
  expect(claimed('ly-scj', '530521', unrestrictedRights('k'))).toBeUndefined();
});

test('a record is published by its own unit, by who alone publishes, by a platform, and by a grant', () => {
  const owners = { push: () => undefined, event: () => undefined, thing: () => ['czj'] };
  const published = (rights: Partial<WriteRights>, department = 'scjg', publishers: string[] = []) =>
    reason('record.published', limited(rights), {
      department,
      data: { record_id: 'X' },
      owners,
      limits: { marks: {}, publishers },
    });
  expect(published({ units: ['scjg'] })).toBe('not_granted');
  expect(published({ units: ['czj'] }, 'czj')).toBeUndefined();
  expect(published({ units: ['scjg'] }, 'scjg', ['scjg'])).toBeUndefined();
  expect(published({ units: ['scjg'], may: ['office'] })).toBeUndefined();
  expect(published({ sources: ['urn:a'] })).toBeUndefined();
});

test('a unit voids what it did itself, not what others did for it or to it', () => {
  const voided = (type: string, event_source = 'urn:r', rights: Partial<WriteRights> = { units: ['scjg'] }) =>
    reason('event.voided', limited(rights), {
      data: { event_source, event_id: '1', reason: 'r' },
      owners: { push: () => undefined, event: () => ({ unit: 'scjg', type }), thing: () => undefined },
    });
  expect([voided('login.succeeded'), voided('draw.executed')]).toEqual([undefined, undefined]);
  for (const type of [
    'registration.pushed',
    'push.reminded',
    'push.return_confirmed',
    'mark.awarded',
    'draw.committed',
  ])
    expect([type, voided(type)]).toEqual([type, 'not_granted']);
  expect(voided('draw.executed', '/hengjian/draws')).toBe('not_granted');
  expect(voided('registration.pushed', 'urn:a', { units: ['scjg'], sources: ['urn:a'] })).toBeUndefined();
  expect(voided('registration.pushed', 'urn:r', { units: ['scjg'], may: ['office'] })).toBeUndefined();
});

test('no key sends under a source of the product, unless it names that one', () => {
  const sent = (rights: WriteRights) => reason('login.succeeded', rights, { source: '/hengjian/forms' });
  expect(sent({ ...unrestrictedRights('k'), outside: true })).toBe('source_not_allowed');
  expect(sent({ ...limited({ units: ['scjg'] }), outside: true })).toBe('source_not_allowed');
  expect(sent({ ...limited({ sources: ['/hengjian/forms'] }), outside: true })).toBeUndefined();
  expect([sent(unrestrictedRights('topic')), sent(fullRights('f'))]).toEqual([undefined, undefined]);
});
