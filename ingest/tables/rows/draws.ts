/** 抽取名单: the rows of one task are one draw (office-files §5). */
import { fold } from '../cells/cell.ts';
import type { Day } from '../cells/day.ts';
import { timeOf } from './row-event.ts';
import {
  dayOf,
  departmentOf,
  isRefusal,
  numberOf,
  type RowReading,
  subjectOf,
  type TableSettings,
} from './row-reading.ts';

interface Draw {
  unit: string;
  drawn: Day;
  row: number;
  objects: Set<string>;
}

export function readDraws(settings: TableSettings): RowReading {
  const draws = new Map<string, Draw>();
  return {
    take(row) {
      const subject = subjectOf(row);
      if (isRefusal(subject)) return subject;
      const department = departmentOf(row, settings);
      if (isRefusal(department)) return department;
      const task = numberOf(row, 'task', 'there is no task');
      if (isRefusal(task)) return task;
      const drawn = dayOf(row, 'drawn');
      if (isRefusal(drawn)) return drawn;
      const id = fold(task.text);
      const draw = draws.get(id) ?? { unit: department.unit, drawn, row: row.number, objects: new Set() };
      draws.set(id, draw);
      draw.objects.add(subject.code);
      return { events: [] };
    },
    end: () =>
      [...draws].map(([task_id, { unit, drawn, row, objects }]) => ({
        events: [
          {
            type: 'draw.executed',
            time: timeOf('draw.executed', drawn),
            department: unit,
            data: { layout: settings.layout.id, task_id, objects: [...objects] },
            row,
          },
        ],
      })),
  };
}
