/** 联合惩戒: a row per subject, or per subject and unit that carries it out; the rows of one case begin it once. */
import { fold } from '../cells/cell.ts';
import type { Day } from '../cells/day.ts';
import { laterStep } from './later-step.ts';
import { type Refusal, type RowEvent, refused } from './row-event.ts';
import {
  eventOf,
  isRefusal,
  numberOf,
  type RowReading,
  recordOf,
  type SubjectRecord,
  splitList,
  type TableSettings,
} from './row-reading.ts';
import type { TableRow } from './table-row.ts';

const STEPS = [
  ['received', 'punishment.received'],
  ['applied', 'punishment.applied'],
  ['fedback', 'punishment.fed_back'],
] as const;

interface Case {
  unit: string;
  began: RowEvent;
  targets: Set<string>;
  measures: Set<string>;
  implementers: Set<string>;
}

export function readPunishments(settings: TableSettings): RowReading {
  const cases = new Map<string, Case>();
  return {
    take(row) {
      const record = recordOf(
        row,
        settings,
        (line) => numberOf(line, 'case', 'there is no number of the case'),
        'initiated',
      );
      if (isRefusal(record)) return record;
      const implementers = implementersOf(row, settings);
      if (isRefusal(implementers)) return implementers;
      const id = fold(record.number);
      const began = eventOf(
        row,
        settings,
        'punishment.initiated',
        record.day,
        { department: record.unit },
        { case_id: id },
      );
      const steps = stepsOf(row, settings, record, began, implementers.units);
      if (isRefusal(steps)) return steps;
      const known = cases.get(id) ?? {
        unit: record.unit,
        began,
        targets: new Set(),
        measures: new Set(),
        implementers: new Set(),
      };
      cases.set(id, known);
      known.targets.add(record.subject);
      for (const unit of implementers.units) known.implementers.add(unit);
      if (row.text('measure') !== '') known.measures.add(row.text('measure'));
      return { events: steps.events };
    },
    end: () => [...cases.values()].map((one) => ({ events: [beginningOf(one, settings)] })),
  };
}

function beginningOf({ began, targets, measures, implementers }: Case, { layout }: TableSettings): RowEvent {
  return {
    ...began,
    data: {
      layout: layout.id,
      case_id: began.data.case_id,
      targets: [...targets],
      // Whatever the order of the rows: the same case is the same event.
      ...(measures.size > 0 ? { measure: [...measures].sort().join('；') } : {}),
      // Without this member all units but the sender are meant.
      ...(implementers.size > 0 ? { implementers: [...implementers] } : {}),
    },
  };
}

function stepsOf(
  row: TableRow,
  settings: TableSettings,
  { subject, number, day }: SubjectRecord,
  began: RowEvent,
  implementers: readonly string[],
): { events: RowEvent[] } | { refused: Refusal } {
  const events: RowEvent[] = [];
  for (const [column, type] of STEPS) {
    const at = row.optionalDay(column);
    if (!at) continue;
    const units = implementers.length > 0 ? implementers : settings.department ? [settings.department] : [];
    if (units.length === 0)
      return refused('department_unmatched', 'no unit that carries it out is given; say the unit with --department');
    for (const department of units) {
      const members = membersOf(row, type, subject, fold(number));
      const step = laterStep(eventOf(row, settings, type, at, { department, subject }, members), at, began, day);
      if (isRefusal(step)) return step;
      events.push(step);
    }
  }
  return { events };
}

function membersOf(row: TableRow, type: string, subject: string, case_id: string): Record<string, unknown> {
  const decided: Day | undefined = type === 'punishment.applied' ? row.optionalDay('decided') : undefined;
  return {
    case_id,
    targets: [subject],
    measure: row.text('measure'),
    result: type === 'punishment.fed_back' ? row.text('result') : undefined,
    decided_on: decided?.day,
  };
}

function implementersOf(
  row: TableRow,
  { units, unmatched }: TableSettings,
): { units: string[] } | { refused: Refusal } {
  const found = new Set<string>();
  const unknown: string[] = [];
  for (const text of splitList(row.text('implementer'), /[、,，;；]/)) {
    const unit = units.find(text);
    if (unit !== undefined) found.add(unit);
    else {
      unmatched(text);
      unknown.push(text);
    }
  }
  return unknown.length > 0
    ? refused(
        'department_unmatched',
        `no unit is called ${JSON.stringify(unknown[0]!.slice(0, 80))}; add a line to departments.csv`,
      )
    : { units: [...found] };
}
