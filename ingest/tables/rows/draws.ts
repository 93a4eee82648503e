/** 抽取名单: the rows of one task are one draw (office-files §5). */
import { fold } from '../cells/cell.ts';
import type { Day } from '../cells/day.ts';
import { timeOf } from './row-event.ts';
import { isRefusal, numberOf, type RowReading, recordOf, type TableSettings } from './row-reading.ts';

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
      const record = recordOf(row, settings, (line) => numberOf(line, 'task', 'there is no task'), 'drawn');
      if (isRefusal(record)) return record;
      const id = fold(record.number);
      const draw = draws.get(id) ?? { unit: record.unit, drawn: record.day, row: row.number, objects: new Set() };
      draws.set(id, draw);
      draw.objects.add(record.subject);
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
