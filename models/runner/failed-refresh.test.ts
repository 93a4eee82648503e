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

  it('builds whole what was narrowed by a wrong key, as soon as a test finds it', async () => {
    const { warehouse } = temporary;
    const all =
      "SELECT count() FROM ref('stg_events') WHERE event_day BETWEEN var('quarter_start') AND var('quarter_end')";
    const wrong = smallProject(
      COUNT,
      `reads: [login.succeeded]\nnarrow: { by: unit_day, rows: "concat(unit, ' 2000-01-01')" }\ntests: [{ name: all, custom: "SELECT 1 FROM (SELECT sum(n) AS n FROM this) WHERE n != (${all})" }]\n`,
      { voids: true },
    );
    await refresh(warehouse, wrong);
    const [{ '2025Q2': before }] = await counts();
    await loadEvents(warehouse, [login('2025-05-15T09:00:00+08:00')]);
    const said: string[] = [];
    const { ways } = await refresh(warehouse, wrong, { onProgress: (one) => said.push(one) });
    expect((await counts())[0]).toMatchObject({ '2025Q2': before! + 1 });
    expect(said.join('\n')).toMatch(/test all found 1 bad rows.*building whole what was narrowed/);
    expect(ways).toMatchObject([{ quarter: '2025Q2', whole: expect.stringContaining('rows taken over failed') }]);
  });
});
