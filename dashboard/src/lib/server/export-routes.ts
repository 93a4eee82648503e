import { access } from './access.ts';

/** Routes by which data is taken away as files: what the table of access says. */
export const EXPORT_ROUTES: readonly string[] = Object.entries(access)
  .filter(([, admission]) => Array.isArray(admission) && admission[1] === 'export')
  .map(([route]) => route);
