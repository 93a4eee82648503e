import type { IngestKeys } from '@hengjian/contract/ingest-keys.ts';
import type { Warehouse } from '@hengjian/warehouse';

/** Keys of sending systems, for the page of the administrator. Loaded when somebody asks for them. */
export function ingestKeys(warehouse: Warehouse): IngestKeys {
  const log = () => import('@hengjian/ingest/edge/keys/key-log.ts');
  return {
    list: async () => (await log()).listKeys(warehouse),
    add: async (key, by) => (await log()).makeKey(warehouse, key, by),
    revoke: async (name, by) => (await log()).endKey(warehouse, name, by),
  };
}
