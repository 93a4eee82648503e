/** 材料上报: what was asked of which units, and when each handed it in (office-files §5). */
import { fold } from '../cells/cell.ts';
import type { Day } from '../cells/day.ts';
import { askerOf } from './attendance.ts';
import { type RowEvent, timeOf } from './row-event.ts';
import { dayOf, departmentOf, isRefusal, numberOf, type RowReading, type TableSettings } from './row-reading.ts';

interface Material {
  asker: string;
  due: Day;
  asked: Day | undefined;
  row: number;
  required: Set<string>;
  submitted: { unit: string; at: Day; row: number }[];
}

export function readMaterials(settings: TableSettings): RowReading {
  const materials = new Map<string, Material>();
  const rowSettings = { ...settings, department: undefined };
  return {
    take(row) {
      const department = departmentOf(row, rowSettings);
      if (isRefusal(department)) return department;
      const number = numberOf(row, 'ob', 'there is no number of the material');
      if (isRefusal(number)) return number;
      const due = dayOf(row, 'due');
      if (isRefusal(due)) return due;
      const id = fold(number.text);
      const material = materials.get(id) ?? {
        asker: askerOf(row, 'asker', settings),
        due,
        asked: row.optionalDay('asked'),
        row: row.number,
        required: new Set(),
        submitted: [],
      };
      materials.set(id, material);
      material.required.add(department.unit);
      const sent = row.optionalDay('sent');
      if (sent) material.submitted.push({ unit: department.unit, at: sent, row: row.number });
      return { events: [] };
    },
    end: () => [...materials].map(([id, material]) => ({ events: eventsOf(id, material, settings.layout.id) })),
  };
}

function eventsOf(obligation_id: string, material: Material, layout: string): RowEvent[] {
  const { asker, due, asked, row, required, submitted } = material;
  return [
    {
      type: 'material.due',
      time: timeOf('material.due', asked ?? due),
      department: asker,
      data: { layout, obligation_id, due_on: due.day, required: [...required] },
      row,
    },
    ...submitted.map(
      ({ unit, at, row: place }): RowEvent => ({
        type: 'material.submitted',
        time: timeOf('material.submitted', at),
        department: unit,
        data: { layout, obligation_id },
        row: place,
      }),
    ),
  ];
}
