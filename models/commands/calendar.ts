import type { CommandContext } from '@hengjian/warehouse';
import { CommandError } from '@hengjian/warehouse';
import type { Command } from 'commander';
import { loadCalendar } from '../calendar/load-calendar.ts';
import { parseQuarter } from '../calendar/quarter.ts';
import { missingYear } from '../calendar/work-calendar.ts';
import { withExpectedErrors } from './expected-errors.ts';
import { textTable } from './text-table.ts';

export function registerCalendarCommand(program: Command, context: CommandContext): void {
  program
    .command('calendar')
    .description('the holiday notices at hand, or one year’s days off and make-up workdays')
    .argument('[year]')
    .option('--json', 'print JSON only')
    .action((year: string | undefined, options: { json?: boolean }) =>
      withExpectedErrors(() => {
        const calendar = loadCalendar(context.environment.dataDir);
        const years = calendar.notices.map((notice) => {
          const quarters = [1, 2, 3, 4].map((n) => {
            const { start, end } = parseQuarter(`${notice.year}Q${n}`)!;
            return calendar.workdaysBetween(start, end);
          });
          return {
            year: notice.year,
            document: notice.document,
            workdays: quarters,
            days_off: notice.days_off,
            make_up_workdays: notice.workdays,
          };
        });
        if (year === undefined) {
          context.stdout.write(
            options.json
              ? `${JSON.stringify(years)}\n`
              : `${textTable(
                  ['year', 'Q1', 'Q2', 'Q3', 'Q4', 'notice'],
                  years.map((entry) => [String(entry.year), ...entry.workdays.map(String), entry.document]),
                  ['left', 'right', 'right', 'right', 'right'],
                )}\n`,
          );
          return;
        }
        if (!/^\d{4}$/.test(year)) throw new CommandError(`"${year}" is not a year.`);
        const found = years.find((entry) => String(entry.year) === year);
        if (!found) throw missingYear(Number(year), `the calendar of ${year}`);
        context.stdout.write(
          options.json
            ? `${JSON.stringify(found)}\n`
            : `${found.year} · ${found.document}\ndays off:  ${found.days_off.map(([from, to]) => (from === to ? from : `${from} … ${to}`)).join(', ')}\nworkdays:  ${found.make_up_workdays.join(', ')}\n`,
        );
      }),
    );
}
