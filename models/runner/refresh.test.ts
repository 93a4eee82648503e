import { type TemporaryWarehouse, temporaryWarehouse } from '@hengjian/warehouse/testing.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadEvents } from '../testing/load-events.ts';
import { COUNT, countedLogins, login, smallProject } from '../testing/small-project.ts';
import { localNow } from './local-now.ts';
import { refresh } from './refresh.ts';

describe('refresh', () => {
  let temporary: TemporaryWarehouse;
  const project = smallProject(COUNT);
  const counts = () => countedLogins(temporary.warehouse);
  beforeAll(async () => {
    temporary = await temporaryWarehouse();
  });
  afterAll(() => temporary.close());

  it('works on an empty warehouse', async () => {
    const result = await refresh(temporary.warehouse, project);
    expect(result).toMatchObject({ built: [], newEvents: 0, asOf: null });
    expect(await counts()).toEqual([{}, 0]);
  });

  it('builds the quarters that new events can touch, and no earlier ones', async () => {
    const { warehouse } = temporary;
    await loadEvents(warehouse, [login('2025-02-10T09:00:00+08:00'), login('2025-05-12T09:00:00+08:00')]);
    expect((await refresh(warehouse, project)).built).toEqual(['2025Q1', '2025Q2']);
    await loadEvents(warehouse, [login('2025-05-13T09:00:00+08:00')]);
    expect((await refresh(warehouse, project)).built).toEqual(['2025Q2']);
    expect(await counts()).toEqual([{ '2025Q1': 1, '2025Q2': 2 }, 3]);
    expect((await refresh(warehouse, project)).built).toEqual([]);
    // Late, and recorded by a clock that stepped back by hours.
    await loadEvents(warehouse, [login('2025-02-11T09:00:00+08:00')], localNow(new Date(Date.now() - 9 * 3_600_000)));
    expect((await refresh(warehouse, project)).built).toEqual(['2025Q1', '2025Q2']);
    expect(await counts()).toEqual([{ '2025Q1': 2, '2025Q2': 2 }, 4]);
  });

  /** The books of a warehouse that lost a batch: a dropped month, an older backup. */
  const unbalance = () =>
    temporary.warehouse.command('INSERT INTO recorded_batches SELECT now64(6), 1, 1, now64(6) FROM numbers(1)');

  it('starts its books anew when they do not balance', async () => {
    await unbalance();
    const result = await refresh(temporary.warehouse, project);
    expect(result.built).toEqual(['2025Q1', '2025Q2']);
    expect(await counts()).toEqual([{ '2025Q1': 2, '2025Q2': 2 }, 4]);
  });

  it('notes quarters that cannot be scored and builds the others', async () => {
    const { warehouse } = temporary;
    await loadEvents(warehouse, [login('2023-11-14T09:00:00+08:00'), login('2025-05-15T09:00:00+08:00')]);
    const result = await refresh(warehouse, project);
    expect(result.problems.get('2023Q4')).toMatch(/No holiday notice is loaded for 2023/);
    expect(result.built).toEqual(['2025Q1', '2025Q2']);
  });

  it('keeps one superseded build for readers and drops older ones', async () => {
    const { warehouse } = temporary;
    await refresh(warehouse, project, { full: true });
    await refresh(warehouse, project, { full: true });
    const [kept] = await warehouse.query<{ n: number }>(
      "SELECT uniqExact(partition) AS n FROM system.parts WHERE database = currentDatabase() AND active AND table LIKE 'mart\\_logins\\_\\_%' AND partition LIKE '%2025Q2%'",
    );
    expect(kept!.n).toBe(2);
  });
});
