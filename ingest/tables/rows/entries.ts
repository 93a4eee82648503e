/** An event a row, its members as the schema of its type says: tables of what has no list of its own. */
import { fold } from '../cells/cell.ts';
import { isDamagedNumber, readSubject } from '../cells/subject-code.ts';
import { DAY, type EntryForm, type MemberForm, SUBJECT, UNIT } from '../entries/entry-form.ts';
import { listValue } from '../layouts/layout.ts';
import { type Refusal, refused } from './row-event.ts';
import {
  damageOf,
  dayOf,
  departmentOf,
  eventOf,
  isRefusal,
  type RowReading,
  rowByRow,
  splitList,
  subjectOf,
  type TableSettings,
} from './row-reading.ts';
import type { TableRow } from './table-row.ts';

type Member = { value: unknown } | { refused: Refusal };

export const readEntries = (settings: TableSettings): RowReading => {
  const form = settings.layout.entry!;
  return rowByRow((row) => {
    const subject = subjectIn(row, form);
    if (isRefusal(subject)) return subject;
    const department = unitOf(row, settings, form);
    if (isRefusal(department)) return department;
    const at = dayOf(row, DAY);
    if (isRefusal(at)) return at;
    const members: Record<string, unknown> = {};
    for (const [name, kind] of form.members) {
      const member = memberOf(row, name, kind, settings);
      if (isRefusal(member)) return member;
      members[name] = member.value;
    }
    const envelope = { department: department.unit, subject: subject.code };
    const event = eventOf(row, settings, form.type, at, envelope, members);
    for (const name of form.mayBeEmpty) event.data[name] ??= '';
    return { events: [event] };
  });
};

function subjectIn(row: TableRow, { subject }: EntryForm): { code: string | undefined } | { refused: Refusal } {
  if (subject === 'free') return { code: undefined };
  const read = readSubject(row.cell(SUBJECT));
  if (!('problem' in read)) return read;
  if (read.problem === 'no_subject_code' && subject === 'optional') return { code: undefined };
  return subjectOf(row, SUBJECT);
}

/** Acts of the office are of the unit that is written, else of the one said with the file, else of the office. */
function unitOf(row: TableRow, settings: TableSettings, { ofUnit }: EntryForm) {
  if (ofUnit || row.text(UNIT) !== '') return departmentOf(row, settings, [UNIT]);
  return { unit: settings.department ?? 'office' };
}

function memberOf(row: TableRow, name: string, form: MemberForm, settings: TableSettings): Member {
  const text = row.text(name);
  const { layout } = settings;
  if (text === '')
    return layout.required.includes(name) && !layout.entry!.mayBeEmpty.has(name)
      ? emptyOf(row, name, form)
      : { value: undefined };
  switch (form) {
    case 'day': {
      const day = row.day(name);
      if (day === 'nothing') return { value: undefined };
      return typeof day === 'object' ? { value: day.day } : (dayOf(row, name) as { refused: Refusal });
    }
    case 'number': {
      const number = Number(fold(text).replaceAll(',', ''));
      return Number.isFinite(number) ? { value: number } : notIn(row, name, text, 'is no number');
    }
    case 'flag':
    case 'choice': {
      const value = listValue(layout, name, text);
      if (value === undefined)
        return notIn(row, name, text, `is none of ${[...layout.values.get(name)!.keys()].join(', ')}`);
      return { value: form === 'flag' ? value === 'true' : value };
    }
    case 'subject':
      return subjectMember(row, name);
    case 'unit': {
      const unit = departmentOf(row, { ...settings, department: undefined }, [name]);
      return isRefusal(unit) ? unit : { value: unit.unit };
    }
    case 'units':
      return unitsOf(text, settings);
    case 'texts':
      return { value: splitList(text, /[、,，;；]/) };
    default:
      return isDamagedNumber(row.cell(name)) ? damageOf(row, name)! : { value: text };
  }
}

/** What must be there and is empty: a list of none, or the text that the check then judges. */
function emptyOf(row: TableRow, name: string, form: MemberForm): Member {
  if (form === 'units' || form === 'texts') return { value: [] };
  return refused('missing_member', `nothing stands in ${JSON.stringify(row.headerOf(name) || name)}`);
}

function subjectMember(row: TableRow, name: string): Member {
  const subject = subjectOf(row, name);
  return isRefusal(subject) ? subject : { value: subject.code };
}

function unitsOf(text: string, { units, unmatched }: TableSettings): Member {
  // The name of one unit may hold the mark that parts several.
  const whole = units.find(text);
  if (whole !== undefined) return { value: [whole] };
  const found = new Set<string>();
  for (const one of splitList(text, /[、,，;；]/)) {
    const unit = units.find(one);
    if (unit === undefined) {
      unmatched(one);
      return refused(
        'department_unmatched',
        `no unit is called ${JSON.stringify(one.slice(0, 80))}; add a line to departments.csv`,
      );
    }
    found.add(unit);
  }
  return { value: [...found] };
}

const notIn = (row: TableRow, name: string, text: string, what: string): { refused: Refusal } =>
  refused(
    'not_in_list',
    `${JSON.stringify(text.slice(0, 80))} in ${JSON.stringify(row.headerOf(name) || name)} ${what}`,
  );
