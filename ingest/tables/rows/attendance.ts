/** 会议签到: a meeting, and how each unit attended (office-files §5). */
import { fold } from '../cells/cell.ts';
import type { Day } from '../cells/day.ts';
import { listValue } from '../layouts/layout.ts';
import { type Refusal, type RowEvent, refused, timeOf } from './row-event.ts';
import { dayOf, departmentOf, isRefusal, numberOf, type RowReading, type TableSettings } from './row-reading.ts';
import type { TableRow } from './table-row.ts';

const STATUSES = ['present', 'substitute', 'excused', 'none'] as const;
type Status = (typeof STATUSES)[number];

interface Meeting {
  organiser: string;
  held: Day;
  row: number;
  attended: Map<string, { status: Status; at: Day; row: number }>;
}

export function readAttendance(settings: TableSettings): RowReading {
  const meetings = new Map<string, Meeting>();
  // Here --department says who asked, not whose row it is.
  const rowSettings = { ...settings, department: undefined };
  return {
    take(row) {
      const department = departmentOf(row, rowSettings);
      if (isRefusal(department)) return department;
      const number = numberOf(row, 'meeting', 'there is no number of the meeting');
      if (isRefusal(number)) return number;
      const held = dayOf(row, 'held');
      if (isRefusal(held)) return held;
      const signed = row.optionalDay('signed');
      const status = statusOf(row, signed, settings);
      if (isRefusal(status)) return status;
      const id = fold(number.text);
      const meeting = meetings.get(id) ?? {
        organiser: askerOf(row, 'organiser', settings),
        held,
        row: row.number,
        attended: new Map(),
      };
      meetings.set(id, meeting);
      const before = meeting.attended.get(department.unit);
      if (!before || STATUSES.indexOf(status.text) < STATUSES.indexOf(before.status))
        meeting.attended.set(department.unit, { status: status.text, at: signed ?? held, row: row.number });
      return { events: [] };
    },
    end: () => [...meetings].map(([id, meeting]) => ({ events: eventsOf(id, meeting, settings.layout.id) })),
  };
}

/** Who asked: as written, else as said with the command, else the office. */
export function askerOf(row: TableRow, column: string, { units, department, unmatched }: TableSettings): string {
  const text = row.text(column);
  const unit = text === '' ? undefined : units.find(text);
  if (text !== '' && unit === undefined) unmatched(text);
  return unit ?? department ?? 'office';
}

function statusOf(
  row: TableRow,
  signed: Day | undefined,
  { layout }: TableSettings,
): { text: Status } | { refused: Refusal } {
  const text = row.text('status');
  if (text === '') return { text: signed ? 'present' : 'none' };
  const status = listValue(layout, 'status', text) as Status | undefined;
  return status === undefined || !STATUSES.includes(status)
    ? refused('not_in_list', `${JSON.stringify(text.slice(0, 80))} does not say whether the unit attended`)
    : { text: status };
}

function eventsOf(meeting_id: string, { organiser, held, row, attended }: Meeting, layout: string): RowEvent[] {
  const events: RowEvent[] = [
    {
      type: 'meeting.held',
      time: timeOf('meeting.held', held),
      department: organiser,
      data: { layout, meeting_id, required: [...attended.keys()] },
      row,
    },
  ];
  for (const [department, { status, at, row: place }] of attended)
    if (status !== 'none')
      events.push({
        type: 'meeting.attended',
        time: timeOf('meeting.attended', at),
        department,
        data: { layout, meeting_id, status },
        row: place,
      });
  return events;
}
