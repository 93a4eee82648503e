import { roundExact } from '@hengjian/contract/round-exact.ts';
import { type TemporaryWarehouse, temporaryWarehouse } from '@hengjian/warehouse/testing.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadProject } from '../runner/project.ts';
import { refresh } from '../runner/refresh.ts';
import { goldenG1, goldenG2 } from '../testing/golden-log.ts';
import { loadEvents } from '../testing/load-events.ts';
import { type MartUnit, marts } from '../testing/marts.ts';

describe('golden values of scoring.md §5', () => {
  let temporary: TemporaryWarehouse;
  let units: MartUnit[];
  const unit = (id: string) => units.find((candidate) => candidate.unit === id)!;
  const points = (id: string) =>
    Object.fromEntries(unit(id).items.map((item) => [item.item, roundExact(item.points, 4)]));

  beforeAll(async () => {
    temporary = await temporaryWarehouse();
    await loadEvents(temporary.warehouse, [...goldenG1(), ...goldenG2()]);
    await refresh(temporary.warehouse, loadProject(), { quarters: ['2025Q2'] });
    units = await marts(temporary.warehouse, '2025Q2');
  });
  afterAll(() => temporary.close());

  it('G1: a full-duty unit', () => {
    expect(points('scjg')).toEqual({
      login: '9.0164',
      claim: '9.0991',
      feedback: '8.4667',
      licence: '8.9000',
      dishonest: '15.0000',
      unlicensed: '2.5000',
      dr_single: '8.5000',
      dr_joint: '7.0000',
      dr_publish: '9.0000',
      meeting: '6.0000',
    });
    expect(unit('scjg').total).toBe('17568827/210450');
  });

  it('G2: xzsp, whose missing duties are reallocated', () => {
    expect(points('xzsp')).toEqual({
      login: '10.0000',
      claim: '20.5719',
      feedback: '20.5833',
      licence: '21.6667',
      dishonest: '12.7500',
      meeting: '9.0000',
    });
    expect(unit('xzsp').total).toBe('26953/285');
    expect(unit('xzsp').items.find((item) => item.item === 'claim')!.weight).toBe('65/3');
  });
});
