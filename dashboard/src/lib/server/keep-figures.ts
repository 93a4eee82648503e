import type { Params, Settings, Warehouse } from '@hengjian/warehouse';
import type { FigureWatch } from './figure-watch.ts';
import { type Made, VersionedStore } from './versioned-store.ts';

/** All kept rows together (bytes of their JSON text). */
export const KEPT_FIGURE_BYTES = 64 * 2 ** 20;

/**
 * The warehouse for figures of builds and publications: an answer is kept until a refresh or a publication has ended,
 * and the same question, asked by many at once, is put once. Question and answer go together by SQL and parameters, and
 * what a scope may see is in these or decided over the answer, anew for each reader: an answer holds nobody's rights.
 * Rows are frozen, since many share them. Only for statements whose answer no event changes before the next refresh.
 */
export function keepFigures(
  warehouse: Warehouse,
  watch: FigureWatch,
  store = new VersionedStore(KEPT_FIGURE_BYTES),
): Warehouse {
  async function answer<T>(
    kind: string,
    sql: string,
    params: Params,
    settings: Settings,
    ask: () => Promise<Made<T>>,
  ): Promise<T> {
    const { known, away } = await watch.state();
    if (!known) return (await ask()).value;
    const { version, closed } = known;
    const question = JSON.stringify([kind, sql, params, settings]);
    const found = store.find<T>(version, question, () => !away || holdsWhileAway(params, closed));
    if (found) return found.value;
    return (await store.make(version, question, ask)).made.value;
  }

  return {
    ...warehouse,
    query: <T>(sql: string, params: Params = {}, settings: Settings = {}) =>
      answer<T[]>('rows', sql, params, settings, async () => {
        const rows = await warehouse.query<T>(sql, params, settings);
        return { value: deepFreeze(rows), bytes: JSON.stringify(rows).length };
      }),
    arrow: (sql, params = {}, settings = {}) =>
      answer<Uint8Array>('arrow', sql, params, settings, async () => {
        const value = await warehouse.arrow(sql, params, settings);
        return { value, bytes: value.byteLength };
      }),
  };
}

/**
 * A draft may have changed since. Shown as last known: what names no period, a closed period, and those of its type before
 * it, with which its page compares.
 */
function holdsWhileAway({ ruleset, quarter }: Params, closed: readonly string[]): boolean {
  const asked = `${ruleset} ${quarter}`;
  // Ids of periods of a type are of one length.
  return (
    quarter === undefined ||
    closed.some((one) => one.startsWith(`${ruleset} `) && one.length === asked.length && one >= asked)
  );
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const part of Object.values(value)) deepFreeze(part);
  }
  return value;
}
