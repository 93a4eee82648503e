/** 年度抽查计划: a plan a row; several rows of one plan say it once. */
import { fold } from '../cells/cell.ts';
import type { TableSettings } from './row-reading.ts';
import { dayOf, departmentOf, eventOf, isRefusal, numberOf, type RowReading, rowByRow } from './row-reading.ts';

export const readPlans = (settings: TableSettings): RowReading =>
  rowByRow((row) => {
    const department = departmentOf(row, settings);
    if (isRefusal(department)) return department;
    const plan = numberOf(row, 'plan', 'there is no number of the plan');
    if (isRefusal(plan)) return plan;
    const filed = dayOf(row, row.day('filed') === 'nothing' ? 'made' : 'filed');
    if (isRefusal(filed)) return filed;
    // A plan that is filed in December is often the next year's.
    const written =
      /^(20\d\d)(?:年度?)?$/.exec(fold(row.text('year')))?.[1] ?? /^\D*(20\d\d)年/.exec(fold(row.text('pname')))?.[1];
    return {
      events: [
        eventOf(
          row,
          settings,
          'plan.filed',
          filed,
          { department: department.unit },
          { plan_id: fold(plan.text), year: Number(written ?? filed.day.slice(0, 4)) },
        ),
      ],
    };
  });
