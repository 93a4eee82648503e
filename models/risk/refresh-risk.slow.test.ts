import { EVERYTHING, type Role, type Scope } from '@hengjian/contract/scope.ts';
import { type TemporaryWarehouse, temporaryWarehouse } from '@hengjian/warehouse/testing.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { WriteEvents } from '../publication/write-events.ts';
import { loadEvents, type TestEvent } from '../testing/load-events.ts';
import { loadIndicators } from './indicators/load-indicators.ts';
import { readInspections } from './queries/read-inspections.ts';
import { readSubjectRisk } from './queries/read-subject-risk.ts';
import { readTiers } from './queries/read-tiers.ts';
import { recordTiers } from './record-tiers.ts';
import { refreshRisk } from './refresh-risk.ts';
import { parseMonth } from './risk-month.ts';

const now = new Date('2025-07-10T00:00:00Z');

describe('the tiers of a month', () => {
  let temporary: TemporaryWarehouse;
  const set = loadIndicators();
  const may = parseMonth('2025-05')!;
  let n = 0;
  const event = (
    type: string,
    day: string,
    data: Record<string, unknown>,
    subject = 'S1',
    region = '320671',
  ): TestEvent => ({
    id: `e${n++}`,
    source: 's',
    type,
    time: `${day}T10:00:00+08:00`,
    department: 'scjg',
    region,
    subject,
    data,
  });
  const registered = (subject: string, region: string) =>
    event(
      'entity.registered',
      '2020-01-02',
      { name: `公司${subject}`, kind: 'enterprise', industry: 'F', registered_on: '2020-01-02' },
      subject,
      region,
    );
  const scope = (roles: Role[], rest: Partial<Scope> = {}): Scope => ({ ...EVERYTHING, roles, ...rest });

  beforeAll(async () => {
    temporary = await temporaryWarehouse();
    await loadEvents(temporary.warehouse, [
      registered('S1', '320671'),
      registered('S2', '320602'),
      event('penalty.entered', '2025-05-01', {
        doc_no: 'D1',
        decided_on: '2025-04-30',
        procedure: 'general',
        kind: '罚款',
        amount: 150_000,
      }),
      event('blacklist.listed', '2025-05-03', { reason: 'x', decided_on: '2025-05-02' }),
      event('risk.scored', '2025-05-04', {
        tier: 'B',
        model_version: 'province',
        reasons: ['逾期未年报', '电话 13800138000'],
      }),
    ]);
    await refreshRisk(temporary.warehouse, set, { months: [parseMonth('2025-04')!, may], now });
  });
  afterAll(() => temporary.close());

  it('say why, since when, and what would change them', async () => {
    const answer = await readSubjectRisk(temporary.warehouse, EVERYTHING, set, { subject: 'S1', month: may.id });
    if (!answer.ok) throw new Error(answer.detail);
    const { value } = answer;
    // 8 · (1095 − 30) / 1095, twice: by the general procedure, and of 100,000 yuan or more.
    const each = Math.floor((8e6 * 1065) / 1095) / 1e6;
    expect(value).toMatchObject({
      tier: 'D',
      tier_by_points: 'B',
      points: 2 * each,
      begins: [10, 25, 45],
    });
    expect(value.reasons.map(({ indicator, points, tier }) => [indicator, points, tier])).toEqual([
      ['blacklisted', 0, 'D'],
      ['penalty_general', each, null],
      ['penalty_large', each, null],
    ]);
    expect(value.reasons[1]).toMatchObject({
      family: 'supervision',
      events: [{ source: 's', id: 'e2', day: '2025-05-01', points: each }],
    });
    expect(value.given).toMatchObject({
      tier: 'B',
      differs: true,
      id: 'e4',
      reasons: ['逾期未年报', '电话 13800138000'],
    });
    expect(value.history.map(({ month, tier, given_tier }) => [month, tier, given_tier])).toEqual([
      ['2025-04', 'A', null],
      ['2025-05', 'D', 'B'],
    ]);
    expect(value.outlook.without).toEqual([
      { indicator: 'blacklisted', by: 'removal', event: 'blacklist.removed', points: 2 * each, tier: 'B' },
    ]);
    // The blacklist does not fade.
    expect(value.outlook.falls).toBeNull();
    expect(value.outlook.next).toBeNull();
  });

  it('are brought up to date by a late event, and by a void', async () => {
    const { warehouse } = temporary;
    const removed = event('blacklist.removed', '2025-05-20', { reason: 'x', decided_on: '2025-05-20' });
    await loadEvents(warehouse, [removed]);
    // It changes May only, since April ended before it.
    expect(await refreshRisk(warehouse, set, { months: [], now })).toEqual(['2025-05']);
    const tier = async () => {
      const answer = await readSubjectRisk(warehouse, EVERYTHING, set, { subject: 'S1', month: may.id });
      if (!answer.ok) throw new Error(answer.detail);
      return answer.value;
    };
    const after = await tier();
    expect(after.tier).toBe('B');
    // Both penalties fade: 2 · 8 · (1095 − age) / 1095 stays above 9.999999 until the 411th day.
    expect(after.outlook.falls).toMatchObject({ day: '2026-06-30', tier: 'A' });
    expect(after.outlook.next).toEqual({ tier: 'C', missing: 25 - after.points });
    expect(after.outlook.without.map(({ indicator, by, tier }) => [indicator, by, tier])).toEqual([
      ['penalty_general', 'repair', 'A'],
      ['penalty_large', 'repair', 'A'],
    ]);
    await loadEvents(warehouse, [
      event('event.voided', '2025-05-21', { event_source: 's', event_id: removed.id, reason: 'x' }, ''),
    ]);
    expect(await refreshRisk(warehouse, set, { months: [], now })).toEqual(['2025-05']);
    expect((await tier()).tier).toBe('D');
  });

  it('are recorded once, and when they change; the given tier stays the one of others', async () => {
    const { warehouse } = temporary;
    const written: TestEvent[] = [];
    const write: WriteEvents = async (events) => {
      written.push(...(events as TestEvent[]));
      await loadEvents(warehouse, events as TestEvent[]);
      return { accepted: events.length, duplicate: 0, rejected: [] };
    };
    const record = () => recordTiers(warehouse, write, may.id, new Date('2025-06-02T00:00:00Z'));
    expect(await record()).toEqual({ month: '2025-05', scored: 2, changed: 0 });
    expect(written[0]).toMatchObject({
      type: 'risk.scored',
      source: '/hengjian/risk',
      subject: 'S1',
      region: '320671',
    });
    expect(written[0]!.data).toMatchObject({ tier: 'D', month: '2025-05' });
    expect(await record()).toEqual({ month: '2025-05', scored: 0, changed: 0 });
    await loadEvents(warehouse, [event('blacklist.removed', '2025-05-22', { reason: 'x', decided_on: '2025-05-22' })]);
    await refreshRisk(warehouse, set, { months: [may, parseMonth('2025-06')!], now });
    expect(await record()).toEqual({ month: '2025-05', scored: 0, changed: 1 });
    expect(written.at(-1)).toMatchObject({ type: 'tier.changed', subject: 'S1', data: { tier: 'B' } });
    // June sees our own events and the one of the province.
    const june = await readTiers(warehouse, EVERYTHING, { month: '2025-06' });
    expect(june.ok && june.value.subjects.map(({ subject, given_tier }) => [subject, given_tier])).toEqual([
      ['S1', 'B'],
      ['S2', null],
    ]);
    await loadEvents(warehouse, [event('blacklist.listed', '2025-05-23', { reason: 'x', decided_on: '2025-05-22' })]);
    await refreshRisk(warehouse, set, { months: [may], now });
    expect(await record()).toEqual({ month: '2025-05', scored: 0, changed: 1 });
    const refusing: WriteEvents = async () => ({
      accepted: 0,
      duplicate: 0,
      rejected: [{ index: 0, id: null, reason: 'not_granted', detail: 'may not' }],
    });
    await loadEvents(warehouse, [event('blacklist.removed', '2025-05-24', { reason: 'x', decided_on: '2025-05-22' })]);
    await refreshRisk(warehouse, set, { months: [may], now });
    await expect(recordTiers(warehouse, refusing, may.id)).rejects.toThrow(
      /The tier of S1 was not recorded: may not \(not_granted\)/,
    );
    await loadEvents(warehouse, [event('blacklist.listed', '2025-05-25', { reason: 'x', decided_on: '2025-05-22' })]);
    await refreshRisk(warehouse, set, { months: [may], now });
    await expect(recordTiers(warehouse, write, '2011-01')).rejects.toThrow(/No tiers of 2011-01/);
  });

  it('stand beside the inspections of the month after, as they were before', async () => {
    const { warehouse } = temporary;
    const result = (day: string, subject: string, task_id: string, codes: string[]) =>
      event('result.entered', day, { task_id, codes }, subject);
    await loadEvents(warehouse, [
      result('2025-04-10', 'S1', 'T0', ['A']),
      result('2025-05-10', 'S1', 'T1', ['1']),
      result('2025-05-11', 'S1', 'T1', ['E']),
      result('2025-06-12', 'S2', 'T2', ['1']),
      result('2025-06-12', 'S9', 'T2', ['1']),
    ]);
    await refreshRisk(warehouse, set, { months: ['2025-04', '2025-05', '2025-06'].map((id) => parseMonth(id)!), now });
    const pairs = [
      { month: '2025-05', before: '2025-04' },
      { month: '2025-06', before: '2025-05' },
    ];
    const answer = await readInspections(warehouse, EVERYTHING, pairs);
    // S9 was not known in May. The later result of T1 counts.
    expect(answer.ok && answer.value).toMatchObject([
      { inspected_on: '2025-05-11', subject: 'S1', tier: 'A', past_inspections: 1, past_found: 1, found: 1 },
      { inspected_on: '2025-06-12', subject: 'S2', tier: 'A', index: 0, past_inspections: 0, past_found: 0, found: 0 },
    ]);
    expect(await readInspections(warehouse, scope(['leader']), pairs)).toMatchObject({ reason: 'forbidden' });
    const near = await readInspections(warehouse, scope(['office'], { areas: ['320602'] }), pairs);
    expect(near.ok && near.value.map(({ subject }) => subject)).toEqual(['S2']);
  });

  it('of the running month are those of today, and of tomorrow again tomorrow', async () => {
    const { warehouse } = temporary;
    const june = { months: [parseMonth('2025-06')!], now: new Date('2025-06-10T00:00:00Z') };
    expect(await refreshRisk(warehouse, set, june)).toContain('2025-06');
    expect(await refreshRisk(warehouse, set, june)).toEqual([]);
    expect(await refreshRisk(warehouse, set, { ...june, now: new Date('2025-06-11T00:00:00Z') })).toEqual(['2025-06']);
    const list = await readTiers(warehouse, EVERYTHING, { month: '2025-06' });
    expect(list.ok && list.value.as_of_day).toBe('2025-06-11');
  });

  it('are seen by the office and auditors only, each in its areas', async () => {
    const { warehouse } = temporary;
    for (const role of ['leader', 'unit', 'inspector', 'admin'] as Role[]) {
      expect(await readTiers(warehouse, scope([role]), { month: may.id })).toMatchObject({
        ok: false,
        reason: 'forbidden',
      });
      expect(await readSubjectRisk(warehouse, scope([role]), set, { subject: 'S1', month: may.id })).toMatchObject({
        ok: false,
        reason: 'forbidden',
      });
    }
    expect(await readTiers(warehouse, scope(['office'], { units: ['scjg'] }), { month: may.id })).toMatchObject({
      ok: false,
      reason: 'forbidden',
    });
    const all = await readTiers(warehouse, scope(['office', 'admin']), { month: may.id });
    expect(all.ok && all.value.subjects.map(({ subject }) => subject)).toEqual(['S1', 'S2']);
    expect(all.ok && all.value.tiers).toEqual([
      { tier: 'A', subjects: 1, direct: 0, differs: 0 },
      { tier: 'D', subjects: 1, direct: 1, differs: 1 },
    ]);
    const near = scope(['auditor'], { areas: ['320602'] });
    const some = await readTiers(warehouse, near, { month: may.id });
    expect(some.ok && some.value.subjects.map(({ subject }) => subject)).toEqual(['S2']);
    expect(await readSubjectRisk(warehouse, near, set, { subject: 'S1', month: may.id })).toMatchObject({
      reason: 'unknown_subject',
    });
    expect(await readTiers(warehouse, EVERYTHING, { month: '2011-01' })).toMatchObject({ reason: 'unknown_month' });
  });
});
