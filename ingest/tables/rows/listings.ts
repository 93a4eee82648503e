/** 经营异常名录 and 严重违法失信名单: put on, taken off, withdrawn (office-files §5). */
import { listValue } from '../layouts/layout.ts';
import { eventId } from './event-id.ts';
import type { RowEvent } from './row-event.ts';
import {
  dayOf,
  departmentOf,
  eventOf,
  isRefusal,
  type RowReading,
  rowByRow,
  subjectOf,
  type TableSettings,
  withoutAbsent,
} from './row-reading.ts';

const NOT_SAID = '未注明';
const WITHDRAWN = '撤销列入';

export const readListings = (settings: TableSettings): RowReading =>
  rowByRow((row) => {
    const { layout } = settings;
    const family = layout.family!;
    const subject = subjectOf(row);
    if (isRefusal(subject)) return subject;
    const department = departmentOf(row, settings);
    if (isRefusal(department)) return department;
    const listed = dayOf(row, 'listed');
    if (isRefusal(listed)) return listed;
    const listing = eventOf(
      row,
      settings,
      `${family}.listed`,
      listed,
      { department: department.unit, subject: subject.code },
      { reason: row.text('reason') || NOT_SAID, decided_on: listed.day, authority: row.text('organ') },
    );
    const removed = row.optionalDay('removed');
    if (!removed) return { events: [listing] };
    const remover =
      row.text('outorgan') === '' ? department : departmentOf(row, settings, ['outorgan', ...layout.organs]);
    if (isRefusal(remover)) return remover;
    const reason = row.text('outreason');
    if (listValue(layout, 'state', row.text('state')) === 'withdrawn') {
      const voided: RowEvent = {
        ...eventOf(row, settings, 'event.voided', removed, { department: remover.unit }, {}),
        data: withoutAbsent({
          layout: layout.id,
          event_source: settings.source,
          event_id: eventId(listing),
          reason: reason || WITHDRAWN,
          row: row.others(),
        }),
      };
      return { events: [listing, voided] };
    }
    const removal = eventOf(
      row,
      settings,
      `${family}.removed`,
      removed,
      { department: remover.unit, subject: subject.code },
      { reason: reason || NOT_SAID, decided_on: removed.day, authority: row.text('outorgan') || row.text('organ') },
    );
    return { events: [listing, removal] };
  });
