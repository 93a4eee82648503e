import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import type { Role, Scope } from '@hengjian/contract/scope.ts';
import { type TemporaryWarehouse, temporaryWarehouse } from '@hengjian/warehouse/testing.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readExplanation } from '../queries/read-explanation.ts';
import { readItems } from '../queries/read-items.ts';
import { readScores } from '../queries/read-scores.ts';
import { readUnitHistory } from '../queries/read-unit-history.ts';
import { loadProject } from '../runner/project.ts';
import { refresh } from '../runner/refresh.ts';
import { explainItem, scoreQuarter } from '../scoring/score-quarter.ts';
import { goldenG1, goldenG2 } from '../testing/golden-log.ts';
import { loadEvents, type TestEvent } from '../testing/load-events.ts';
import { writeDirectly } from '../testing/write-directly.ts';
import { closeQuarter } from './close-quarter.ts';
import { correctQuarter } from './correct-quarter.ts';
import type { Publisher } from './publish.ts';

const scope = (role: Role, units: string[] | 'all' = 'all'): Scope => ({
  account: 'test',
  roles: [role],
  units,
  areas: 'all',
});
const FIRST = '2025-07-03 10:00:00.000000';
const LATE = '2025-08-01 10:00:00.000000';

describe('a quarter from draft to correction', { timeout: 600_000 }, () => {
  let temporary: TemporaryWarehouse;
  const dataDir = mkdtempSync(`${tmpdir()}/hengjian-publish-`);
  const environment = { dataDir, ruleset: 'nantong-etdz' };
  const project = loadProject();
  const publisher = (now?: Date): Publisher => ({
    warehouse: temporary.warehouse,
    project,
    write: writeDirectly(temporary.warehouse),
    by: 'office',
    ...(now ? { now } : {}),
  });
  const totalOf = async (options: { asOf?: string } = {}) => {
    const scores = await scoreQuarter(temporary.warehouse, environment, { quarter: '2025Q2', ...options });
    return [scores.status, scores.units.find(({ unit }) => unit === 'scjg')!.total_exact];
  };
  /** A claim in time, recorded late: the 47th of 50. */
  const lateClaim: TestEvent = {
    id: 'late',
    source: 'test://golden',
    type: 'push.claimed',
    time: '2025-06-16T09:00:00+08:00',
    department: 'scjg',
    data: { push_id: 'scjg-C46' },
  };

  beforeAll(async () => {
    temporary = await temporaryWarehouse();
    await loadEvents(temporary.warehouse, [...goldenG1(), ...goldenG2()], FIRST);
    await refresh(temporary.warehouse, project, { quarters: ['2025Q2'] });
  });
  afterAll(async () => {
    await temporary.close();
    rmSync(dataDir, { recursive: true, force: true });
  });

  it('is a draft whose lost points are laid to events', async () => {
    expect(await totalOf()).toEqual(['draft', '17568827/210450']);
    const claim = await explainItem(temporary.warehouse, environment, {
      quarter: '2025Q2',
      unit: 'scjg',
      item: 'claim',
    });
    expect(claim).toMatchObject({
      quarter: '2025Q2',
      unit: 'scjg',
      item: 'claim',
      weight: 10,
      formula: '8·46/50 + 2·40/46',
      name: '许可主体认领',
      badges: ['borrowed_deadline'],
    });
    const unclaimed = claim.lost.filter(({ kind }) => kind === 'unclaimed');
    expect(unclaimed).toHaveLength(4);
    expect(unclaimed[0]).toMatchObject({
      key: 'scjg-C46',
      subject: 'S46',
      due: '2025-06-16',
      happened: null,
      clause: '003 五(三)',
      points: 0.16,
    });
    expect(unclaimed[0]!.event).toMatchObject({ source: 'test://golden' });
    const late = claim.lost.filter(({ kind }) => kind === 'claimed_late');
    expect(late).toHaveLength(6);
    expect(late[0]!.happened).toBe('2025-06-17T10:00:00.000000+08:00');
    expect(claim.lost.reduce((sum, { points }) => sum + points!, 0)).toBeCloseTo(claim.weight! - claim.points!, 12);
    const meeting = await explainItem(temporary.warehouse, environment, {
      quarter: '2025Q2',
      unit: 'scjg',
      item: 'meeting',
    });
    expect(meeting.lost.map(({ kind, points }) => [kind, points])).toEqual([
      ['absent', 1],
      ['material_late', 1],
      ['material_missing', 2],
    ]);
    const single = await explainItem(temporary.warehouse, environment, {
      quarter: '2025Q2',
      unit: 'scjg',
      item: 'dr_single',
    });
    expect(single.lost).toMatchObject([{ kind: 'mark_below_full', points: 1.5 }]);
  });

  it('is seen by scope: a unit sees no other unit’s draft, an inspector and an admin nothing', async () => {
    const own = await readScores(temporary.warehouse, scope('unit', ['scjg']), 'nantong-etdz', '2025Q2');
    expect(own.ok && own.value.units.map(({ unit, items }) => [unit, items.length])).toEqual([['scjg', 10]]);
    for (const role of ['inspector', 'admin'] as const)
      expect(await readScores(temporary.warehouse, scope(role), 'nantong-etdz', '2025Q2')).toMatchObject({ ok: false });
    expect(await readScores(temporary.warehouse, scope('unit'), 'nantong-etdz', '2025Q2')).toMatchObject({
      ok: true,
      value: { units: [] },
    });
    expect(
      await readExplanation(temporary.warehouse, scope('unit', ['scjg']), 'nantong-etdz', '2025Q2', 'xzsp', 'claim'),
    ).toMatchObject({ ok: false, reason: 'forbidden' });
    expect(await readUnitHistory(temporary.warehouse, scope('unit', ['scjg']), 'nantong-etdz', 'xzsp')).toEqual([]);
    expect(
      (await readItems(temporary.warehouse, scope('leader'), 'nantong-etdz', '2025Q2'))
        .map(({ item, weight }) => `${item} ${weight}`)
        .join(', '),
    ).toBe(
      'login 10, claim 10, feedback 10, licence 10, dishonest 15, unlicensed 5, dr_single 10, dr_joint 10, dr_publish 10, meeting 10',
    );
  });

  it('cannot be published before its cut-off, nor corrected before it is published', async () => {
    await expect(closeQuarter(publisher(new Date('2025-07-09T12:00:00+08:00')), '2025Q2')).rejects.toThrow(
      /up to 2025-07-09. Close it on 2025-07-10/,
    );
    await expect(closeQuarter(publisher(), '2025Q5')).rejects.toThrow(/"2025Q5" is not a quarter/);
    await expect(correctQuarter(publisher(), '2025Q2', 'why')).rejects.toThrow(/not published yet/);
  });

  it('stays as published when events come late, until a correction', async () => {
    const { publication, withoutWindow } = await closeQuarter(publisher(), '2025Q2');
    expect(withoutWindow).toBe(true);
    expect(publication.record).toMatchObject({ sequence: 1, number: 1, kind: 'published', reason: '', by: 'office' });
    await expect(closeQuarter(publisher(), '2025Q2')).rejects.toThrow(/published already \(publication 1, number 1/);
    await expect(correctQuarter(publisher(), '2025Q2', 'nothing')).rejects.toThrow(/Nothing differs/);
    const others = await readScores(temporary.warehouse, scope('unit', ['scjg']), 'nantong-etdz', '2025Q2');
    expect(others.ok && others.value.units.find(({ unit }) => unit === 'xzsp')).toMatchObject({
      total_exact: '26953/285',
      items: [],
    });

    await loadEvents(temporary.warehouse, [lateClaim], LATE);
    expect(await totalOf()).toEqual(['published', '17568827/210450']);
    // What the log gives today differs, and what it gave when the quarter was published does not.
    expect((await totalOf({ asOf: '2025-07-31' }))[1]).toBe('17568827/210450');
    expect((await totalOf({ asOf: '2025-08-01T10:00:00+08:00' }))[1]).not.toBe('17568827/210450');

    await expect(correctQuarter(publisher(), '2025Q2', ' ')).rejects.toThrow(/needs --reason/);
    const { publication: corrected, changes } = await correctQuarter(
      publisher(),
      '2025Q2',
      'a claim was recorded late',
    );
    expect(corrected.record).toMatchObject({
      sequence: 2,
      number: 2,
      kind: 'corrected',
      previous: publication.recordSha256,
      reason: 'a claim was recorded late',
    });
    expect(changes.map(({ unit, item, events }) => [unit, item, events.map(({ id }) => id)])).toEqual([
      ['scjg', 'claim', ['late']],
    ]);
    expect(changes[0]).toMatchObject({
      before: { numerator: 46, denominator: 50, on_time: 40 },
      after: { numerator: 47, denominator: 50, on_time: 41 },
    });
    const [status, total] = await totalOf();
    expect(status).toBe('corrected');
    expect(total).not.toBe('17568827/210450');
    const claim = await readExplanation(
      temporary.warehouse,
      scope('office'),
      'nantong-etdz',
      '2025Q2',
      'scjg',
      'claim',
    );
    expect(claim.ok && claim.value.formula).toBe('8·47/50 + 2·41/47');
  });

  it('names what is wrong with a request', async () => {
    const ask = (quarter: string, asOf?: string) => scoreQuarter(temporary.warehouse, environment, { quarter, asOf });
    await expect(ask('2025-Q2')).rejects.toThrow(/"2025-Q2" is not a quarter; write it like 2025Q2/);
    await expect(ask('2027Q1')).rejects.toThrow(/No holiday notice is loaded for 2027/);
    await expect(ask('2023Q4')).rejects.toThrow(/No holiday notice is loaded for 2023/);
    await expect(ask('2025Q2', 'yesterday')).rejects.toThrow(/"yesterday" is not a time/);
    await expect(
      scoreQuarter(temporary.warehouse, environment, { quarter: '2025Q2', ruleset: 'none' }),
    ).rejects.toThrow(/no rule set has this id/);
    await expect(
      explainItem(temporary.warehouse, environment, { quarter: '2025Q2', unit: 'nobody', item: 'claim' }),
    ).rejects.toThrow(/"nobody"/);
    await expect(
      explainItem(temporary.warehouse, environment, { quarter: '2025Q2', unit: 'xzsp', item: 'unlicensed' }),
    ).rejects.toThrow(/no item "unlicensed"/);
  });

  it('can be drafted while it runs and its cut-off lies in a year without a notice, but not afterwards', async () => {
    const during = await scoreQuarter(temporary.warehouse, environment, {
      quarter: '2026Q4',
      now: new Date('2026-12-31T12:00:00+08:00'),
    });
    expect(during).toMatchObject({ status: 'draft', cutoff: null });
    expect(during.units).toHaveLength(14);
    await expect(
      scoreQuarter(temporary.warehouse, environment, { quarter: '2026Q4', now: new Date('2027-01-01T12:00:00+08:00') }),
    ).rejects.toThrow(/2027/);
  });
});
