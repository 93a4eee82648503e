import { type TemporaryWarehouse, temporaryWarehouse } from '@hengjian/warehouse/testing.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadEvents } from '../testing/load-events.ts';
import { COUNT, countedLogins, login, smallProject } from '../testing/small-project.ts';
import { refresh } from './refresh.ts';
import { testLiveModels } from './test-live-models.ts';

describe('a refresh that fails', () => {
  let temporary: TemporaryWarehouse;
  const project = smallProject(COUNT);
  const counts = () => countedLogins(temporary.warehouse);
  beforeAll(async () => {
    temporary = await temporaryWarehouse();
  });
  afterAll(() => temporary.close());

  it('leaves what was there when a test or a query fails, and says which', async () => {
    const { warehouse } = temporary;
    await loadEvents(
      warehouse,
      ['02-10', '05-12', '05-13'].map((day) => login(`2025-${day}T09:00:00+08:00`)),
    );
    await refresh(warehouse, project);
    await loadEvents(warehouse, [login('2025-05-14T09:00:00+08:00')]);
    const before = await counts();
    const failing = smallProject(COUNT, 'tests: [{ name: few, custom: "SELECT * FROM this WHERE n > 2" }]\n');
    await expect(refresh(warehouse, failing)).rejects.toThrow(
      /sql\/mart_logins\.sql: test few found 1 bad rows; the models stay as they were/,
    );
    expect(await counts()).toEqual(before);
    const broken = smallProject(COUNT.replace('count()', 'throwIf(1)'));
    await expect(refresh(warehouse, broken)).rejects.toThrow(/sql\/mart_logins\.sql could not be built for 2025Q1/);
    expect(await counts()).toEqual(before);
    // What the failed refreshes had staged already is still built.
    expect((await refresh(warehouse, project)).built).toEqual(['2025Q2']);
    expect(await counts()).toEqual([{ '2025Q1': 1, '2025Q2': 3 }, 4]);
    expect((await testLiveModels(warehouse, project)).every(({ badRows }) => badRows === 0)).toBe(true);
  });
});
