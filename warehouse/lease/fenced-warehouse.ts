import type { InsertOptions, Warehouse } from '../warehouse.ts';
import type { Lease } from './lease.ts';
import { asTakenOver } from './taken-over-error.ts';

/**
 * The warehouse for what a holder of the lease does: rows are taken under the guard of its token, by inserts and by INSERT … SELECT;
 * other statements are sent only while it holds the lease, and carry its name, so that a successor can end them.
 * A statement that takes away what is live names a table with `aside`: those of an earlier holder are dropped when
 * the lease is taken over, so a statement that comes late fails.
 *
 * @param kind what the error of a lost lease speaks of
 */
export function fencedWarehouse(warehouse: Warehouse, lease: Lease, kind: string): Warehouse {
  const { guard } = lease;
  const told = (error: unknown): never => {
    throw asTakenOver(error, kind);
  };
  const guarded = (options: InsertOptions = {}): InsertOptions => ({ ...options, guard });
  return {
    ...warehouse,
    aside: `${ASIDE}${lease.token}`,
    insert: (table, rows, options) => warehouse.insert(table, rows, guarded(options)).catch(told),
    insertNative: (table, columns, body, options) =>
      warehouse.insertNative(table, columns, body, guarded(options)).catch(told),
    async command(sql, params, settings) {
      const named = { ...settings, log_comment: guard.comment };
      const insert = INSERT_SELECT.exec(sql);
      if (insert) {
        const [, target, select] = insert;
        const fenced = `${target} SELECT * FROM (\n${select}\n) WHERE ${guard.condition}`;
        return warehouse.command(fenced, { ...params, ...guard.params }, named).catch(told);
      }
      if (/^\s*INSERT\b/.test(sql)) throw new Error(`no guard can be put on: ${sql.slice(0, 100)}`);
      await lease.check();
      return warehouse.command(sql, params, named).catch(told);
    },
  };
}

const ASIDE = '__lease_';
/** Target with its columns, and what is selected; names may stand in back-quotes. */
const INSERT_SELECT = /^\s*(INSERT INTO (?:`(?:[^`\\]|\\.)*`|[^\s`])+(?:\s+\([^()]*\))?)\s+((?:SELECT|WITH)\b[\s\S]*)$/;

/** Name of a table that a job makes beside `table` and drops again. */
export const asideName = (warehouse: Warehouse, table: string): string => `${table}${warehouse.aside ?? `${ASIDE}0`}`;

/** Tables of earlier holders of the lease that died or were overtaken. */
export async function dropAside(warehouse: Warehouse): Promise<void> {
  const left = await warehouse.query<{ name: string }>(
    `SELECT name FROM system.tables WHERE database = currentDatabase() AND match(name, '${ASIDE}[0-9]+$')`,
  );
  for (const { name } of left)
    if (!name.endsWith(warehouse.aside ?? '')) await warehouse.command(`DROP TABLE IF EXISTS ${name} SYNC`);
}
