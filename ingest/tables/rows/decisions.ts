/** 双公示: licences and penalties of three national generations (office-files §5). */

import { type AmountUnit, readAmount, unitOfHeader } from '../cells/amount.ts';
import { type Cell, fold } from '../cells/cell.ts';
import type { Day } from '../cells/day.ts';
import { headerKey, listValue } from '../layouts/layout.ts';
import { sha256 } from './event-id.ts';
import { type Refusal, type RowOutcome, refused } from './row-event.ts';
import {
  damageOf,
  eventOf,
  isRefusal,
  lengthOf,
  numberOf,
  type RowReading,
  recordOf,
  reversed,
  rowByRow,
  splitList,
  type TableSettings,
} from './row-reading.ts';
import type { TableRow } from './table-row.ts';

interface Decision {
  subject: string;
  unit: string;
  docNo: string;
  decided: Day;
  at: Day;
  timeFrom: 'entry' | 'stamp' | 'decision';
}

export const readLicences = (settings: TableSettings): RowReading =>
  rowByRow((row) => {
    const decision = decisionOf(row, settings, licenceNumber);
    if (isRefusal(decision)) return decision;
    const written = row.text('kind');
    if (written === '') return refused('missing_member', 'there is no kind of licence');
    const status = statusOf(row, settings);
    if (isRefusal(status)) return status;
    const until = row.day('vto');
    return entered(row, settings, 'licence.entered', decision, {
      status: status.meaning,
      kind: listValue(settings.layout, 'kind', written) ?? written,
      certificate_no: row.text('cert'),
      valid_from: row.optionalDay('vfrom')?.day,
      ...(until === 'endless' || (typeof until === 'object' && until.day === '2099-12-31')
        ? { open_ended: true }
        : { valid_to: typeof until === 'object' ? until.day : undefined }),
    });
  });

export const readPenalties = (settings: TableSettings): RowReading =>
  rowByRow((row) => {
    const decision = decisionOf(row, settings, (line) => numberOf(line, 'doc', 'there is no number of the decision'));
    if (isRefusal(decision)) return decision;
    const kinds = splitList(`${row.text('kind')};${row.text('kind2')}`, /[;；,，]/);
    if (kinds.length === 0) return refused('missing_member', 'there is no kind of penalty');
    const status = statusOf(row, settings);
    if (isRefusal(status)) return status;
    const amount = amountOf(row, settings, 'fine');
    if (isRefusal(amount)) return amount;
    const confiscated = amountOf(row, settings, 'confiscated');
    if (isRefusal(confiscated)) return confiscated;
    return entered(row, settings, 'penalty.entered', decision, {
      status: status.meaning,
      procedure: procedureOf(row, settings, decision.docNo),
      kind: kinds.map((one) => listValue(settings.layout, 'kind', one) ?? one).join(';'),
      amount: amount.yuan,
      confiscated: confiscated.yuan,
    });
  });

function entered(
  row: TableRow,
  settings: TableSettings,
  type: string,
  { subject, unit, docNo, decided, at, timeFrom }: Decision,
  members: Record<string, unknown>,
): RowOutcome {
  const envelope = { department: unit, subject };
  const entry = eventOf(row, settings, type, at, envelope, {
    doc_no: docNo,
    doc_key: fold(docNo),
    decided_on: decided.day,
    ...members,
    name: row.text('name'),
    time_from: timeFrom,
    authority: row.text('organ'),
  });
  const published = row.optionalDay('published');
  if (!published) return { events: [entry] };
  return {
    events: [entry, eventOf(row, settings, 'record.published', published, envelope, { record_id: docNo })],
  };
}

/** Subject, organ, number and days, in the order in which reasons are told. */
function decisionOf(
  row: TableRow,
  settings: TableSettings,
  number: (row: TableRow, subject: string) => { text: string } | { refused: Refusal },
): Decision | { refused: Refusal } {
  const record = recordOf(row, settings, number, 'decided');
  if (isRefusal(record)) return record;
  const { subject, unit, number: docNo, day: decided } = record;
  const entry = row.optionalDay('entry');
  const stamp = entry ? undefined : row.optionalDay('stamp');
  const at = entry ?? stamp ?? decided;
  if (at.day < decided.day) return reversed(`the entry of ${at.day}`, `the decision of ${decided.day}`);
  const timeFrom = entry ? 'entry' : stamp ? 'stamp' : 'decision';
  return { subject, unit, docNo, decided, at, timeFrom };
}

function statusOf(row: TableRow, { layout }: TableSettings): { meaning: string | undefined } | { refused: Refusal } {
  const written = row.text('status');
  const meaning = listValue(layout, 'status', written);
  return written !== '' && meaning === undefined
    ? refused('not_in_list', `${JSON.stringify(written.slice(0, 80))} is no state of a decision`)
    : { meaning };
}

/** Without a number of the document that of the certificate; without both, one made of what the decision says. */
function licenceNumber(row: TableRow, subject: string): { text: string } | { refused: Refusal } {
  const name = row.text('doc') === '' ? 'cert' : 'doc';
  const damage = damageOf(row, name);
  if (damage) return damage;
  const text = row.text(name);
  if (text !== '') return lengthOf(text);
  const decided = row.optionalDay('decided')?.day ?? '';
  const about = fold(row.text('project') || row.text('doctitle'));
  return { text: `无文号-${sha256([subject, decided, about, fold(row.text('content'))].join('\n')).slice(0, 12)}` };
}

function amountOf(row: TableRow, { layout }: TableSettings, name: string): { yuan?: number } | { refused: Refusal } {
  const header = row.headerOf(name);
  const unit: AmountUnit | undefined = unitOfHeader(fold(header)) ?? layout.units.get(headerKey(header));
  const cell: Cell = row.cell(name);
  const read = readAmount(cell, unit);
  if (typeof read === 'object') return read;
  if (read === 'nothing') return {};
  return refused(
    read,
    `the amount in ${JSON.stringify(header)} ${read === 'out_of_range' ? 'is out of range' : 'cannot be read'}`,
  );
}

function procedureOf(row: TableRow, { layout }: TableSettings, docNo: string): string {
  const written = row.text('procedure');
  const listed = written === '' ? undefined : listValue(layout, 'procedure', written);
  return listed ?? (fold(docNo).includes('简罚') ? 'summary' : 'unknown');
}
