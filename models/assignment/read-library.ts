import { DrawError } from '../draw/draw-error.ts';
import { type Inspector, RECUSAL_GROUNDS, type Recusal, type RecusalGround, type Visit } from './inspector.ts';
import { readTable, type TableRow } from './read-table.ts';

const YES = ['yes', 'true', '1', '是', '有效'];
const NO = ['no', 'false', '0', '否', '失效', ''];

/**
 * The inspectors' library: id, certificate, valid_until; and optional active, specialties, areas, home_area, lead, expert,
 * load, max_load. Lists are separated by 、, comma or semicolon. Without a column lead everybody may lead.
 */
export function readInspectors(text: string, name: string): Inspector[] {
  return readTable(text, name, ['id', 'certificate', 'valid_until'], ['id']).map((row) => ({
    id: row.id!,
    certificate: row.certificate!,
    validUntil: dayOf(row, 'valid_until', name),
    active: flagOf(row, 'active', name, true),
    specialties: listOf(row.specialties),
    areas: listOf(row.areas),
    homeArea: row.home_area ?? '',
    lead: flagOf(row, 'lead', name, true),
    expert: flagOf(row, 'expert', name, false),
    load: countOf(row, 'load', name, 0),
    maxLoad: countOf(row, 'max_load', name, Number.MAX_SAFE_INTEGER),
  }));
}

/** The drawn subjects: id; and optional area, specialty, team (at least 2), expert. */
export function readVisits(text: string, name: string): Visit[] {
  return readTable(text, name, ['id'], ['id']).map((row) => {
    const team = countOf(row, 'team', name, 2);
    if (team < 2 || team > 20)
      throw new DrawError(`${name}: the visit to ${row.id} asks for a team of ${team}; it must be 2 to 20 inspectors.`);
    return {
      subject: row.id!,
      area: row.area ?? '',
      specialty: row.specialty ?? '',
      team,
      expert: flagOf(row, 'expert', name, false),
    };
  });
}

/** subject, inspector, ground: who may not go where. */
export function readRecusals(text: string, name: string): Recusal[] {
  return readTable(text, name, ['subject', 'inspector', 'ground'], ['subject', 'inspector']).map((row) => ({
    subject: row.subject!,
    inspector: row.inspector!,
    ground: groundOf(row.ground!, name),
  }));
}

/** @throws DrawError that lists the grounds */
export function groundOf(text: string, name: string): RecusalGround {
  const ground = RECUSAL_GROUNDS.find((known) => known === text);
  if (!ground)
    throw new DrawError(`${name}: “${text}” is no ground for recusal; the grounds are ${RECUSAL_GROUNDS.join(', ')}.`);
  return ground;
}

function listOf(text = ''): string[] {
  return text
    .split(/[、,，;；]/)
    .map((item) => item.trim())
    .filter((item) => item !== '');
}

function flagOf(row: TableRow, column: string, name: string, absent: boolean): boolean {
  const text = row[column]?.trim().toLowerCase();
  if (text === undefined) return absent;
  if (YES.includes(text)) return true;
  if (NO.includes(text)) return false;
  throw new DrawError(
    `${name}: ${column} of ${row.id} is “${row[column]}” and must be yes (是, 有效) or no (否, 失效).`,
  );
}

function countOf(row: TableRow, column: string, name: string, absent: number): number {
  const text = row[column]?.trim() ?? '';
  if (text === '') return absent;
  if (!/^\d{1,9}$/.test(text))
    throw new DrawError(`${name}: ${column} of ${row.id} is “${text}” and must be a whole number.`);
  return Number(text);
}

function dayOf(row: TableRow, column: string, name: string): string {
  const text = row[column]!.trim();
  if (
    !/^\d{4}-\d{2}-\d{2}$/.test(text) ||
    Number.isNaN(Date.parse(text)) ||
    new Date(text).toISOString().slice(0, 10) !== text
  )
    throw new DrawError(`${name}: ${column} of ${row.id} is “${text}” and must be a day, YYYY-MM-DD.`);
  return text;
}
