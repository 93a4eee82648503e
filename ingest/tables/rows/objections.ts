/** Objections to published records: filed, forwarded to who provided the record, verified, answered. */
import { fold } from '../cells/cell.ts';
import { readSubject } from '../cells/subject-code.ts';
import { listValue } from '../layouts/layout.ts';
import { laterStep } from './later-step.ts';
import { type Refusal, type RowEvent, refused } from './row-event.ts';
import {
  dayOf,
  departmentOf,
  eventOf,
  isRefusal,
  numberOf,
  type RowReading,
  rowByRow,
  subjectOf,
  type TableSettings,
} from './row-reading.ts';
import type { TableRow } from './table-row.ts';

interface Step {
  column: string;
  type: string;
  department: string;
  members?: Record<string, unknown>;
}

export const readObjections = (settings: TableSettings): RowReading =>
  rowByRow((row) => {
    const subject = subjectIfAny(row);
    if (isRefusal(subject)) return subject;
    const organ = departmentOf(row, settings);
    if (isRefusal(organ)) return organ;
    const provider = unitIfAny(row, 'provider', settings);
    if (isRefusal(provider)) return provider;
    const answerer = unitIfAny(row, 'answerer', settings);
    if (isRefusal(answerer)) return answerer;
    const objection = numberOf(row, 'objection', 'there is no number of the objection');
    if (isRefusal(objection)) return objection;
    const record = numberOf(row, 'record', 'there is no number of the record objected to');
    if (isRefusal(record)) return record;
    const filed = dayOf(row, 'filed');
    if (isRefusal(filed)) return filed;
    const consistent = consistentOf(row, settings);
    if (isRefusal(consistent)) return consistent;
    const members = { objection_id: fold(objection.text), record_id: record.text };
    const of = (department: string) => ({ department, subject: subject.code });
    const start = eventOf(row, settings, 'objection.filed', filed, of(organ.unit), members);
    // Who provided the record verifies it, where the objection was forwarded; else who took it.
    const verifier = provider.unit ?? organ.unit;
    const steps: Step[] = [
      { column: 'verified', type: 'objection.verified', department: verifier, members: { consistent: consistent.is } },
      { column: 'answered', type: 'objection.answered', department: answerer.unit ?? verifier },
    ];
    if (provider.unit !== undefined)
      steps.unshift({
        column: 'forwarded',
        type: 'objection.forwarded',
        department: organ.unit,
        members: { to_unit: provider.unit },
      });
    const events: RowEvent[] = [start];
    for (const step of steps) {
      const at = row.optionalDay(step.column);
      if (!at) continue;
      const event = eventOf(row, settings, step.type, at, of(step.department), { ...members, ...step.members });
      const placed = laterStep(event, at, start, filed);
      if (isRefusal(placed)) return placed;
      events.push(placed);
    }
    return { events };
  });

/** Who objects may be a person: a row without code is of no subject, a wrong code is refused. */
function subjectIfAny(row: TableRow): { code: string | undefined } | { refused: Refusal } {
  const read = readSubject(row.cell('subject'));
  return 'problem' in read && read.problem === 'no_subject_code' ? { code: undefined } : subjectOf(row);
}

function unitIfAny(
  row: TableRow,
  column: string,
  settings: TableSettings,
): { unit: string | undefined } | { refused: Refusal } {
  if (row.text(column) === '') return { unit: undefined };
  return departmentOf(row, { ...settings, department: undefined }, [column]);
}

function consistentOf(row: TableRow, { layout }: TableSettings): { is: boolean | undefined } | { refused: Refusal } {
  const text = row.text('consistent');
  if (text === '') return { is: undefined };
  const value = listValue(layout, 'consistent', text);
  return value === undefined
    ? refused('not_in_list', `${JSON.stringify(text.slice(0, 80))} does not say whether the record equals its source`)
    : { is: value === 'consistent' };
}
