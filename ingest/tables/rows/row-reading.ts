/** What the readings of rows have in common: subject, unit, days, and the event that they make. */
import { fold } from '../cells/cell.ts';
import type { Day } from '../cells/day.ts';
import { isDamagedNumber, readSubject, type SubjectProblem } from '../cells/subject-code.ts';
import type { Layout } from '../layouts/layout.ts';
import { type Refusal, type RowEvent, type RowOutcome, refused, timeOf } from './row-event.ts';
import type { TableRow } from './table-row.ts';
import type { UnitNames } from './unit-names.ts';

/** Reads the rows of one table; an event of several rows comes at the end. */
export interface RowReading {
  take(row: TableRow): RowOutcome;
  /** @param rows how many rows of data the table has, also those that were not taken because they are damaged */
  end(rows: number): RowOutcome[];
}

export interface TableSettings {
  layout: Layout;
  units: UnitNames;
  /** Unit of rows whose organ cells match nothing. */
  department: string | undefined;
  /** `source` of all events. */
  source: string;
  /** Told of each organ that matched nothing. */
  unmatched: (organ: string) => void;
  /** The last row of the header: where a table without rows stands. */
  headerRow: number;
}

/** A reading that makes its events row by row. */
export const rowByRow = (take: (row: TableRow) => RowOutcome): RowReading => ({ take, end: () => [] });

export const isRefusal = <T extends object>(value: T | { refused: Refusal }): value is { refused: Refusal } =>
  'refused' in value;

const SUBJECT_PROBLEMS: Record<SubjectProblem, string> = {
  no_subject_code: 'no unified social credit code is given',
  number_damaged: 'the spreadsheet has rounded the code; format the column as text and export again',
  uscc_form: 'what is given has not the form of a unified social credit code (GB 32100-2015)',
  uscc_check_character: 'the check character of the unified social credit code is wrong',
};

/** @param column where the code stands */
export function subjectOf(row: TableRow, column = 'subject'): { code: string } | { refused: Refusal } {
  const party = fold(row.text('party'));
  if (party === '自然人' || party === '01') return refused('no_subject_code', 'the party is a natural person');
  const read = readSubject(row.cell(column));
  return 'problem' in read ? refused(read.problem, SUBJECT_PROBLEMS[read.problem]) : read;
}

/** @param candidates columns in the order in which they are tried, codes and names alike */
export function departmentOf(
  row: TableRow,
  { layout, units, department, unmatched }: TableSettings,
  candidates: readonly string[] = layout.organs,
): { unit: string } | { refused: Refusal } {
  const filled = candidates.flatMap((name) => {
    const text = row.text(name);
    return text === '' ? [] : [{ name, text }];
  });
  for (const { text } of filled) {
    const unit = units.find(text);
    if (unit !== undefined) return { unit };
  }
  const listed = filled.find(({ name }) => !layout.codes.has(name)) ?? filled[0];
  if (listed) unmatched(listed.text);
  if (department !== undefined) return { unit: department };
  return refused(
    'department_unmatched',
    listed
      ? `no unit is called ${JSON.stringify(listed.text.slice(0, 80))}; add a line to departments.csv`
      : 'no organ is given; say the unit with --department',
  );
}

const MOST_ID_CHARACTERS = 128;

/** A document number or id: as written, or why it is none. @param missing what to say where it is empty */
export function numberOf(row: TableRow, name: string, missing: string): { text: string } | { refused: Refusal } {
  const damage = damageOf(row, name);
  if (damage) return damage;
  const text = row.text(name);
  return text === '' ? refused('missing_member', missing) : lengthOf(text);
}

export function damageOf(row: TableRow, name: string): { refused: Refusal } | undefined {
  return row.text(name) === '' || !isDamagedNumber(row.cell(name)) ? undefined : { refused: damagedNumber(row, name) };
}

export const damagedNumber = (row: TableRow, name: string): Refusal =>
  refused(
    'number_damaged',
    `the spreadsheet has changed the number in ${JSON.stringify(row.headerOf(name) || name)}; format the column as text and export again`,
  ).refused;

export function lengthOf(text: string): { text: string } | { refused: Refusal } {
  return [...text].length > MOST_ID_CHARACTERS
    ? refused('text_length', `a number has more than ${MOST_ID_CHARACTERS} characters`)
    : { text };
}

/** A day that must be there. */
export function dayOf(row: TableRow, name: string): Day | { refused: Refusal } {
  const read = row.day(name);
  if (typeof read === 'object') return read;
  const header = JSON.stringify(row.headerOf(name) || name);
  return read === 'nothing'
    ? refused('missing_member', `there is no day in ${header}`)
    : refused('day_form', `what stands in ${header} is no day`);
}

export interface SubjectRecord {
  subject: string;
  unit: string;
  number: string;
  day: Day;
}

/**
 * What a row about a subject says first: the subject, the unit, a number and a day, in the order in which reasons are told.
 * @param number reads the number @param day the column of the day
 */
export function recordOf(
  row: TableRow,
  settings: TableSettings,
  number: (row: TableRow, subject: string) => { text: string } | { refused: Refusal },
  day: string,
): SubjectRecord | { refused: Refusal } {
  const subject = subjectOf(row);
  if (isRefusal(subject)) return subject;
  const department = departmentOf(row, settings);
  if (isRefusal(department)) return department;
  const read = number(row, subject.code);
  if (isRefusal(read)) return read;
  const at = dayOf(row, day);
  if (isRefusal(at)) return at;
  return { subject: subject.code, unit: department.unit, number: read.text, day: at };
}

export const reversed = (later: string, earlier: string): { refused: Refusal } =>
  refused('days_reversed', `${later} is before ${earlier}`);

/** An event of this row; members without value are left out, and the rest of the row comes last. */
export function eventOf(
  row: TableRow,
  { layout }: TableSettings,
  type: string,
  at: Day,
  envelope: { department: string; subject?: string | undefined },
  members: Record<string, unknown>,
): RowEvent {
  return {
    type,
    time: timeOf(type, at),
    department: envelope.department,
    region: row.region,
    subject: envelope.subject,
    data: withoutAbsent({ layout: layout.id, ...members, row: row.others() }),
    row: row.number,
  };
}

export function withoutAbsent(members: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined && value !== ''));
}

export const splitList = (text: string, separators: RegExp): string[] =>
  text
    .split(separators)
    .map((one) => one.trim())
    .filter((one) => one !== '');
