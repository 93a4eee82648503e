/** 双告知: a row per firm and licence matter, with the steps of the push (office-files §5). */
import { fold } from '../cells/cell.ts';
import type { Day } from '../cells/day.ts';
import { listValue } from '../layouts/layout.ts';
import { sha256 } from './event-id.ts';
import { laterStep } from './later-step.ts';
import { type RowEvent, refused } from './row-event.ts';
import {
  damageOf,
  dayOf,
  departmentOf,
  eventOf,
  isRefusal,
  lengthOf,
  type RowReading,
  rowByRow,
  subjectOf,
  type TableSettings,
} from './row-reading.ts';
import type { TableRow } from './table-row.ts';

const STEPS = [
  ['claimed', 'push.claimed'],
  ['received', 'push.receipt_fed_back'],
  ['returned', 'push.returned'],
  ['confirmed', 'push.return_confirmed'],
] as const;

export const readPushes = (settings: TableSettings): RowReading =>
  rowByRow((row) => {
    if (row.day('pushed') === 'nothing') return 'skipped';
    const subject = subjectOf(row);
    if (isRefusal(subject)) return subject;
    const unlicensed = listValue(settings.layout, 'type', row.text('type')) === 'unlicensed';
    const organs = unlicensed ? ['function', 'actual', 'designated'] : ['actual', 'designated', 'function'];
    const department = departmentOf(row, settings, organs);
    if (isRefusal(department)) return department;
    const damage = damageOf(row, 'pushid');
    if (damage) return damage;
    const matter = row.text('matter');
    if (matter === '') return refused('missing_member', 'there is no licence matter');
    const given = lengthOf(fold(row.text('pushid')));
    if (isRefusal(given)) return given;
    const pushed = dayOf(row, 'pushed');
    if (isRefusal(pushed)) return pushed;
    const pushId = given.text || madeId(row, subject.code, matter, pushed, unlicensed);
    const envelope = { department: department.unit, subject: subject.code };
    const push = eventOf(row, settings, 'registration.pushed', pushed, envelope, {
      push_id: pushId,
      bucket: unlicensed ? 'unlicensed' : 'licensed',
      matters: [matter],
      name: row.text('name'),
    });
    const events: RowEvent[] = [push];
    for (const [column, type] of STEPS) {
      const at = row.optionalDay(column);
      if (!at) continue;
      const step = eventOf(row, settings, type, at, envelope, {
        push_id: pushId,
        reason: column === 'returned' ? row.text('reason') : undefined,
      });
      const placed = laterStep(step, at, push, pushed);
      if (isRefusal(placed)) return placed;
      events.push(placed);
    }
    return { events };
  });

/** The number of a push that the platform did not number: the same in each export. */
function madeId(row: TableRow, subject: string, matter: string, pushed: Day, unlicensed: boolean): string {
  const organs = unlicensed ? ['function', 'actual', 'designated'] : ['designated', 'actual', 'function'];
  const organ = organs.map((name) => row.text(name)).find((text) => text !== '') ?? '';
  return `D-${sha256([subject, fold(matter), pushed.day, fold(organ)].join('\n')).slice(0, 24)}`;
}
