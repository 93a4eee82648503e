import type { ReadingName } from '../layouts/readings.ts';
import { readAttendance } from './attendance.ts';
import { readLicences, readPenalties } from './decisions.ts';
import { readDraws } from './draws.ts';
import { readEntries } from './entries.ts';
import { readFirms } from './firms.ts';
import { readListings } from './listings.ts';
import { readLogins } from './logins.ts';
import { readMaterials } from './materials.ts';
import { readObjections } from './objections.ts';
import { readPlans } from './plans.ts';
import { readPunishments } from './punishments.ts';
import { readPushes } from './pushes.ts';
import { readQuarterLists } from './quarter-lists.ts';
import { readRepairs } from './repairs.ts';
import { readResults } from './results.ts';
import type { RowReading, TableSettings } from './row-reading.ts';
import type { TableColumns } from './table-row.ts';
import { readTasks } from './tasks.ts';

const STARTS: Record<ReadingName, (settings: TableSettings, table: TableColumns) => RowReading> = {
  licences: readLicences,
  penalties: readPenalties,
  pushes: readPushes,
  results: readResults,
  draws: readDraws,
  tasks: readTasks,
  listings: readListings,
  quarter_lists: readQuarterLists,
  attendance: readAttendance,
  materials: readMaterials,
  logins: readLogins,
  firms: readFirms,
  plans: readPlans,
  punishments: readPunishments,
  repairs: readRepairs,
  objections: readObjections,
  entries: readEntries,
};

/** Begins to read a table as its layout says. */
export const startReading = (settings: TableSettings, table: TableColumns): RowReading =>
  STARTS[settings.layout.rows](settings, table);
