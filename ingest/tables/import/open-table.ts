/** Chooses the sheets of a file that are read, and reads them into a plan. */

import type { RuleLimits } from '@hengjian/contract/rule-limits.ts';
import { isSourceUri } from '../../check/source-uri.ts';
import { UnreadableFileError } from '../../files/read-file.ts';
import { fold } from '../cells/cell.ts';
import { maskIdentities } from '../cells/resident-identity.ts';
import { openWorkbook } from '../files/open-workbook.ts';
import { MOST_ENTRIES, MOST_ROWS, NOT_STORED, type Sheet, unreadable, type Workbook } from '../files/workbook.ts';
import type { Header, NearMiss } from '../headers/find-header.ts';
import type { Layout } from '../layouts/layout.ts';
import { plainestSpelling } from '../layouts/plainest-spelling.ts';
import type { RecordMark } from '../rows/record-mark.ts';
import type { UnitNames } from '../rows/unit-names.ts';
import { DEFAULT_SOURCE } from './default-source.ts';
import { readSheet, recognise } from './read-sheet.ts';
import { TablePlan } from './table-plan.ts';

/** What was said with the command. */
export interface TableOptions {
  layout?: string | undefined;
  sheet?: string | undefined;
  department?: string | undefined;
  source?: string | undefined;
}

export interface TableKnowledge {
  layouts: readonly Layout[];
  units: UnitNames;
  limits: RuleLimits;
  /** Of a file, or lines of text; tests have fewer. */
  mostEntries?: number;
}

export interface ReadSheet {
  name: string;
  header: Header;
  rows: number;
  skipped: number;
}

/** A table file of which all is read and nothing is stored. */
export interface ReadTable {
  path: string;
  format: Workbook['format'];
  encoding: string;
  sheets: ReadSheet[];
  plan: TablePlan;
  /** Organs that matched no unit, distinct, in order. */
  unmatched: string[];
}

/** @throws UnreadableFileError: one sentence with the way out, and nothing of the file is stored */
export async function readTable(
  path: string,
  head: Buffer,
  { layouts, units, limits, mostEntries = MOST_ENTRIES }: TableKnowledge,
  options: TableOptions,
  onRow: () => void = () => {},
): Promise<ReadTable> {
  const wanted = layoutsFor(path, layouts, options.layout);
  const source = options.source ?? DEFAULT_SOURCE;
  if (!isSourceUri(source))
    throw unreadable(
      path,
      `was not read: ${JSON.stringify(source)} is no URI; give --source one like urn:office:exports`,
    );
  const department = options.department === undefined ? undefined : units.find(options.department);
  if (options.department !== undefined && department === undefined)
    throw unreadable(
      path,
      `was not read: there is no unit ${JSON.stringify(options.department)}; give --department the id or an alias of one`,
    );
  const workbook = await openWorkbook(path, head);
  const plan = new TablePlan(source, limits);
  try {
    const delimited = workbook.format === 'text';
    const sheets = await sheetsToRead(path, workbook, wanted, options.sheet);
    const unmatched = new Map<string, string>();
    const settings = {
      units,
      department,
      source,
      unmatched: (organ: string) => noteOnce(unmatched, maskIdentities(organ)),
      marked: (marks: readonly RecordMark[]) => plan.mark(marks),
    };
    const most = delimited ? mostEntries : MOST_ROWS;
    const read: ReadSheet[] = [];
    for (const [index, { sheet, header }] of sheets.entries()) {
      const seen: ReadSheet = { name: sheet.name, header, rows: 0, skipped: 0 };
      read.push(seen);
      for await (const item of readSheet(bounded(path, sheet, most), header, delimited, settings)) {
        if (item === 'skipped') seen.skipped += 1;
        else if ('event' in item) await plan.addEvent(index, item.event);
        else await plan.addRefusal(index, item.refused);
        if (plan.entries.length > mostEntries) throw tooMany(path, mostEntries, 'events and rows with faults');
        seen.rows += 1;
        onRow();
      }
    }
    return {
      path,
      format: workbook.format,
      encoding: workbook.encoding,
      sheets: read,
      plan,
      unmatched: [...unmatched.values()],
    };
  } catch (error) {
    await plan.close();
    throw error;
  } finally {
    await workbook.close();
  }
}

/** The sheet, refused at the first row too many: all that is read of a file waits in memory until its end. */
function bounded(path: string, sheet: Sheet, most: number): Sheet {
  return {
    ...sheet,
    rows: async function* () {
      for await (const row of sheet.rows()) {
        if (row.number > most) throw tooMany(path, most, sheet.name ? `rows in the sheet ${sheet.name}` : 'rows');
        yield row;
      }
    },
  };
}

const tooMany = (path: string, most: number, of: string): Error =>
  unreadable(
    path,
    `holds more than ${most.toLocaleString('en')} ${of} and ${NOT_STORED}; split the table into smaller files`,
  );

const noteOnce = (texts: Map<string, string>, text: string): void => {
  const key = fold(text);
  if (!texts.has(key)) texts.set(key, text);
};

function layoutsFor(path: string, layouts: readonly Layout[], id: string | undefined): readonly Layout[] {
  if (id === undefined) return layouts;
  const wanted = layouts.filter((layout) => layout.id === id);
  if (wanted.length === 0)
    throw unreadable(
      path,
      `was not read: there is no layout ${JSON.stringify(id)}; at hand are ${layouts
        .filter(({ entry }) => !entry)
        .map((layout) => layout.id)
        .join(', ')}`,
    );
  // Who names the layout needs no words that tell it from another.
  return wanted.map((layout) => ({ ...layout, recognisedBy: undefined }));
}

async function sheetsToRead(
  path: string,
  workbook: Workbook,
  layouts: readonly Layout[],
  name: string | undefined,
): Promise<{ sheet: Sheet; header: Header }[]> {
  const delimited = workbook.format === 'text';
  if (name !== undefined && (delimited || !workbook.sheets.some((sheet) => sheet.name === name)))
    throw unreadable(
      path,
      `has no sheet ${JSON.stringify(name)} and ${NOT_STORED}; ${delimited ? 'text has no sheets: leave --sheet out' : `it has ${workbook.sheets.map((sheet) => sheet.name).join(', ')}`}`,
    );
  const candidates = workbook.sheets.filter((sheet) => (name === undefined ? !sheet.hidden : sheet.name === name));
  const found: { sheet: Sheet; header: Header }[] = [];
  let nearest: NearMiss | undefined;
  let failure: Error | undefined;
  for (const sheet of candidates) {
    const recognised = await recognise(sheet, layouts, delimited).catch((error: unknown) => {
      // Under another separator the same text may be readable.
      if (!delimited || !(error instanceof UnreadableFileError)) throw error;
      failure ??= error;
      return { nearest: undefined };
    });
    if ('layout' in recognised) {
      found.push({ sheet, header: recognised });
      if (delimited) break;
    } else if (recognised.nearest && recognised.nearest.found > (nearest?.found ?? 0)) nearest = recognised.nearest;
  }
  if (found.length === 0) throw failure && !nearest ? failure : notRecognised(path, nearest, layouts);
  return found;
}

function notRecognised(path: string, nearest: NearMiss | undefined, layouts: readonly Layout[]): Error {
  const wayOut = layouts.length === 1 ? '' : '; "layouts" lists what is recognised, and --layout says which one it is';
  if (!nearest)
    return unreadable(path, `has no header in its first ten rows that is recognised and ${NOT_STORED}${wayOut}`);
  const { layout, row, missing } = nearest;
  const names = missing.map((column) => spellingOf(layout, column)).join(', ');
  return unreadable(
    path,
    `looks like ${layout.id} (${layout.title.zh}) in row ${row} but lacks ${names}, and ${NOT_STORED}; add what is missing${wayOut}`,
  );
}

function spellingOf(layout: Layout, column: string): string {
  const line = layout.lines.get(column)?.[0];
  if (line) return `the line or column ${line}`;
  const spelling = layout.columns.get(column);
  const first = spelling && plainestSpelling(spelling);
  return first ? `the column ${first}` : column;
}
