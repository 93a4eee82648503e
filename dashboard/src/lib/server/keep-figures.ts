import type { Params, Settings, Warehouse } from '@hengjian/warehouse';
import { LRUCache } from 'lru-cache';
import type { FigureWatch } from './figure-watch.ts';

/** All kept answers together (bytes, rows as their JSON text). */
const MOST_BYTES = 64 * 2 ** 20;

type Ask<T> = () => Promise<T>;
type Sized<T> = { value: T; bytes: number };

/**
 * The warehouse for figures of builds and publications: an answer is kept until a refresh or a publication has ended,
 * and the same question, asked by many at once, is put once. Question and answer go together by SQL and parameters, and
 * what a scope may see is in these or decided over the answer, anew for each reader: an answer holds nobody's rights.
 * Rows are frozen, since many share them. Only for statements whose answer no event changes before the next refresh.
 */
export function keepFigures(warehouse: Warehouse, watch: FigureWatch, mostBytes = MOST_BYTES): Warehouse {
  const kept = new LRUCache<string, { value: unknown }>({
    maxSize: mostBytes,
    maxEntrySize: Math.ceil(mostBytes / 8),
  });
  const pending = new Map<string, Promise<unknown>>();
  let keptVersion: string | undefined;

  async function answer<T>(kind: string, sql: string, params: Params, settings: Settings, ask: Ask<Sized<T>>) {
    const { known, away } = await watch.state();
    if (!known) return (await ask()).value;
    const { version } = known;
    if (version !== keptVersion) {
      kept.clear();
      keptVersion = version;
    }
    const question = JSON.stringify([kind, sql, params, settings]);
    const found = kept.get(question);
    if (found && (!away || holdsWhileAway(params, known.closed))) return found.value as T;
    const key = `${version} ${question}`;
    const asked = pending.get(key) as Promise<T> | undefined;
    if (asked) return asked;
    const asking = ask()
      .then(({ value, bytes }) => {
        if (version === keptVersion) kept.set(question, { value }, { size: Math.max(1, bytes + question.length) });
        return value;
      })
      .finally(() => pending.delete(key));
    pending.set(key, asking);
    return asking;
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

/** A draft may have changed since; a closed quarter and what names no quarter are shown as last known. */
function holdsWhileAway({ ruleset, quarter }: Params, closed: readonly string[]): boolean {
  return quarter === undefined || closed.includes(`${ruleset} ${quarter}`);
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const part of Object.values(value)) deepFreeze(part);
  }
  return value;
}
