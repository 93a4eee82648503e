import type { RouteId } from '$app/types';
import { access } from './access.ts';

/** Files for whoever may see their page: no right of its own, and data that leaves all the same. */
const FILES_OF_PAGES: readonly RouteId[] = [
  '/import/[id]/[file]',
  '/import/lists/[layout]',
  '/import/lists/[layout].csv',
  '/publications/tables/[file]',
  '/reconciliation/rows.csv',
  '/reconciliation/rows.xlsx',
  '/reconciliation/rows.parquet',
  '/reconciliation/rows.arrow',
];

/** Routes by which data is taken away as files: what the table of access says, and those. */
export const EXPORT_ROUTES: readonly string[] = Object.entries(access)
  .filter(([, admission]) => Array.isArray(admission) && admission[1] === 'export')
  .map(([route]) => route)
  .concat(FILES_OF_PAGES);
