import type { Environment, Warehouse } from '@hengjian/warehouse';
import { eventCheck } from './check-event.ts';
import { ingestKeys } from './ingest-keys.ts';
import { listFiles } from './list-files.ts';
import { writerWhenNeeded } from './open-event-writer.ts';
import { storedLists } from './stored-lists.ts';
import { tableImports } from './table-imports.ts';

/** What the dashboard is given of rooms that it must not know: it serves pages and does not open, check or read files of events itself. */
export const dashboardParts = (environment: Environment, warehouse: Warehouse) => ({
  writer: writerWhenNeeded({ environment, warehouse: async () => warehouse }),
  checkEvent: eventCheck(environment),
  listFiles: listFiles(environment),
  tableImports: tableImports(environment, warehouse),
  storedLists: storedLists(environment, warehouse),
  ingestKeys: ingestKeys(warehouse),
  documents: async () => (await import('@hengjian/ingest/documents/edge-documents.ts')).edgeDocuments(environment),
});
