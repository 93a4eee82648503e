/** Which voids hold is worked out in three places: by the engine for statements, by the model for scores, here for what is read as events. */
import { HOLDING_VOIDS } from '@hengjian/warehouse/readable-events.ts';
import { temporaryWarehouse } from '@hengjian/warehouse/testing.ts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { loadEvents } from '../testing/load-events.ts';
import { voidedBy } from './voided-by.ts';

const SOURCE = 'urn:voids';
const NODES = 40;

/** Each void names one of the nodes, perhaps itself; chains, forks and circles come about by themselves. */
const aims = fc.array(fc.nat({ max: NODES - 1 }), { minLength: NODES, maxLength: NODES });

test('voids of voids hold to any depth, in circles not at all, as the engine says and as is said here', async () => {
  const { warehouse, close } = await temporaryWarehouse();
  try {
    const graphs = fc.sample(aims, { numRuns: 25, seed: 4_711 });
    const chain = Array.from({ length: NODES }, (_, n) => n + 1);
    const pairs = [chain, ...graphs].flatMap((graph, g) =>
      graph.map((aim, n) => ({ own: `${g}-${n}`, target: `${g}-${aim}` })),
    );
    await loadEvents(
      warehouse,
      pairs.map(({ own, target }) => ({
        ...{ source: SOURCE, id: own, type: 'event.voided', time: '2025-06-20T10:00:00+08:00', department: 'office' },
        data: { event_source: SOURCE, event_id: target, reason: 'r' },
      })),
    );
    const rows = await warehouse.query<{ id: string }>(
      `WITH ${HOLDING_VOIDS('1')} SELECT DISTINCT voided_id AS id FROM holding ORDER BY id`,
    );
    const isVoided = voidedBy(
      pairs.map(({ own, target }) => ({ own: `${SOURCE}\t${own}`, target: `${SOURCE}\t${target}` })),
    );
    const expected = [...new Set(pairs.map(({ target }) => target))].filter((id) => isVoided(`${SOURCE}\t${id}`));
    expect(rows.map(({ id }) => id)).toEqual(expected.sort());
    expect(expected.length).toBeGreaterThan(100);
  } finally {
    await close();
  }
});
