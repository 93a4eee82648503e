/** 信用修复: applied for, and granted. */
import { listValue } from '../layouts/layout.ts';
import { laterStep } from './later-step.ts';
import { type RowEvent, refused } from './row-event.ts';
import {
  eventOf,
  isRefusal,
  numberOf,
  type RowReading,
  recordOf,
  rowByRow,
  type TableSettings,
} from './row-reading.ts';

export const readRepairs = (settings: TableSettings): RowReading =>
  rowByRow((row) => {
    const record = recordOf(row, settings, (line) => numberOf(line, 'doc', 'there is no document number'), 'applied');
    if (isRefusal(record)) return record;
    const text = row.text('outcome');
    const outcome = text === '' ? undefined : listValue(settings.layout, 'outcome', text);
    if (text !== '' && outcome === undefined)
      return refused('not_in_list', `${JSON.stringify(text.slice(0, 80))} is no outcome of a repair`);
    const envelope = { department: record.unit, subject: record.subject };
    const members = { record_id: record.number };
    const applied = eventOf(row, settings, 'repair.applied', record.day, envelope, members);
    const events: RowEvent[] = [applied];
    // What was turned down has a day too.
    const approved = outcome === undefined || outcome === 'approved' ? row.optionalDay('approved') : undefined;
    if (approved) {
      const step = eventOf(row, settings, 'repair.approved', approved, envelope, members);
      const placed = laterStep(step, approved, applied, record.day);
      if (isRefusal(placed)) return placed;
      events.push(placed);
    }
    return { events };
  });
