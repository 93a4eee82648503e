/** 检查结果: what was inspected, found and published (office-files §5). */
import { fold } from '../cells/cell.ts';
import { listValue } from '../layouts/layout.ts';
import { type RowEvent, refused } from './row-event.ts';
import {
  dayOf,
  departmentOf,
  eventOf,
  isRefusal,
  numberOf,
  type RowReading,
  rowByRow,
  splitList,
  subjectOf,
  type TableSettings,
} from './row-reading.ts';

/** The order of the national form (domain §6, 4). */
const ORDER = '1 E F 7 8 9 10 11 12 A 2 B C 6 D 3 4 5 G'.split(' ');

export const readResults = (settings: TableSettings): RowReading =>
  rowByRow((row) => {
    if (row.day('done') === 'nothing') return 'skipped';
    const subject = subjectOf(row);
    if (isRefusal(subject)) return subject;
    const department = departmentOf(row, settings);
    if (isRefusal(department)) return department;
    const task = numberOf(row, 'task', 'there is no task');
    if (isRefusal(task)) return task;
    const done = dayOf(row, 'done');
    if (isRefusal(done)) return done;
    const codes = codesOf(row.text('result'), settings);
    if (isRefusal(codes)) return codes;
    const envelope = { department: department.unit, subject: subject.code };
    const members = { task_id: fold(task.text) };
    const people = splitList(row.text('people'), /[、,，;；/\s]/);
    const events: RowEvent[] = [
      eventOf(row, settings, 'inspection.done', done, envelope, {
        ...members,
        inspectors: people.length > 0 ? people : undefined,
      }),
    ];
    const entered = row.optionalDay('entered') ?? done;
    if (codes.length > 0)
      events.push(eventOf(row, settings, 'result.entered', entered, envelope, { ...members, codes }));
    const published = row.optionalDay('published');
    if (published || listValue(settings.layout, 'state', row.text('state')) === 'published')
      events.push(eventOf(row, settings, 'result.published', published ?? entered, envelope, members));
    return { events };
  });

function codesOf(text: string, { layout }: TableSettings) {
  const codes = new Set<string>();
  for (const name of splitList(text, /[;；,，]/)) {
    const code = listValue(layout, 'result', name);
    if (code === undefined)
      return refused('not_in_list', `${JSON.stringify(name.slice(0, 80))} is no result of the national form`);
    codes.add(code);
  }
  if (codes.has('1') && codes.size > 1) return refused('codes_exclusive', 'nothing found excludes all other results');
  return ORDER.filter((code) => codes.has(code));
}
