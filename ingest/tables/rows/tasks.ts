/** 抽查任务 (office-files §5). */
import { fold } from '../cells/cell.ts';
import { listValue } from '../layouts/layout.ts';
import { type Refusal, refused } from './row-event.ts';
import {
  dayOf,
  departmentOf,
  eventOf,
  isRefusal,
  numberOf,
  type RowReading,
  rowByRow,
  splitList,
  type TableSettings,
} from './row-reading.ts';
import type { TableRow } from './table-row.ts';

export const readTasks = (settings: TableSettings): RowReading =>
  rowByRow((row) => {
    const department = departmentOf(row, settings);
    if (isRefusal(department)) return department;
    const lead = department.unit;
    const participants = participantsOf(row, lead, settings);
    if (isRefusal(participants)) return participants;
    const task = numberOf(row, 'task', 'there is no task');
    if (isRefusal(task)) return task;
    const at = dayOf(row, row.day('set') === 'nothing' ? 'begin' : 'set');
    if (isRefusal(at)) return at;
    const directed = directedOf(row);
    if (directed === undefined)
      return refused(
        'not_in_list',
        'neither 定向 nor 不定向 is said; digits mean different things in different systems',
      );
    const types = [row.text('stype'), row.text('ttype')];
    const joint =
      participants.length > 0 || types.some((text) => listValue(settings.layout, 'joint', text) === 'joint');
    return {
      events: [
        eventOf(
          row,
          settings,
          'task.created',
          at,
          { department: lead },
          {
            task_id: fold(task.text),
            plan_id: fold(row.text('plan')),
            year: yearOf(row),
            scope: joint ? 'joint' : 'single',
            lead,
            participants: participants.length > 0 ? participants : undefined,
            directed,
          },
        ),
      ],
    };
  });

function participantsOf(
  row: TableRow,
  lead: string,
  { units, unmatched }: TableSettings,
): string[] | { refused: Refusal } {
  const found = new Set<string>();
  let unknown: string | undefined;
  for (const text of splitList(row.text('others'), /[、,，;；]/)) {
    const unit = units.find(text);
    if (unit !== undefined) found.add(unit);
    else {
      unmatched(text);
      unknown ??= text;
    }
  }
  if (unknown !== undefined)
    return refused(
      'department_unmatched',
      `no unit is called ${JSON.stringify(unknown.slice(0, 80))}; add a line to departments.csv`,
    );
  found.delete(lead);
  return [...found];
}

function directedOf(row: TableRow): boolean | undefined {
  const text = fold(`${row.text('stype')} ${row.text('ttype')}`);
  if (text.includes('不定向')) return false;
  return text.includes('定向') ? true : undefined;
}

function yearOf(row: TableRow): number {
  const written = /^(20\d\d)(?:年度?)?$/.exec(fold(row.text('year')))?.[1];
  return Number(written ?? (row.optionalDay('begin') ?? row.optionalDay('set'))!.day.slice(0, 4));
}
