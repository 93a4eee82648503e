/** 平台登录 (office-files §5). */
import { refused } from './row-event.ts';
import {
  dayOf,
  departmentOf,
  eventOf,
  isRefusal,
  type RowReading,
  rowByRow,
  type TableSettings,
} from './row-reading.ts';

export const readLogins = (settings: TableSettings): RowReading =>
  rowByRow((row) => {
    const department = departmentOf(row, settings);
    if (isRefusal(department)) return department;
    const account = row.text('account');
    if (account === '') return refused('missing_member', 'there is no account');
    const at = dayOf(row, 'at');
    if (isRefusal(at)) return at;
    return { events: [eventOf(row, settings, 'login.succeeded', at, { department: department.unit }, { account })] };
  });
