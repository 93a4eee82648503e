/** Lists as they are stored, as tables that the import reads back to the same events. */
import type { DataTable } from './data-table.ts';
import type { Scope } from './scope.ts';
import type { Template } from './table-imports.ts';

export interface StoredLists {
  /** Those that the reader may list (may-list.ts) and in which something of the reader’s units stands. */
  kinds(scope: Scope): Promise<Template[]>;
  /** Of a limited reader what those units did; undefined where there is no such list, or none for this reader. */
  list(id: string, scope: Scope): DataTable | undefined;
}
