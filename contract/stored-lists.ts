/** Lists as they are stored, as tables that the import reads back to the same events. */
import type { DataTable } from './data-table.ts';
import type { Template } from './table-imports.ts';

/** Whose events are listed. */
export interface ListReach {
  units: 'all' | readonly string[];
}

export interface StoredLists {
  /** Those in which something stands, within the reach. */
  kinds(reach: ListReach): Promise<Template[]>;
  /** undefined where there is no such list. */
  list(id: string, reach: ListReach): DataTable | undefined;
}
