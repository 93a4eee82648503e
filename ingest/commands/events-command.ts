/** `events`: what is stored, to look at and to hand on. */
import { isCalendarDay } from '@hengjian/contract/schema/calendar-day.ts';
import { eventTypes } from '@hengjian/contract/schema/event-types.ts';
import { usccProblem } from '@hengjian/contract/schema/uscc.ts';
import { visibleLine } from '@hengjian/contract/visible-text.ts';
import { type CommandContext, CommandError } from '@hengjian/warehouse';
import type { Command } from 'commander';
import { type EventSelection, storedEvents } from '../store/stored-events.ts';
import { type NamedUnit, UnitNames } from '../tables/rows/unit-names.ts';

export function registerEventsCommand(
  program: Command,
  context: CommandContext,
  units: () => readonly NamedUnit[],
): void {
  program
    .command('events')
    .description('stored events, oldest first')
    .option('--type <type>', 'only this type')
    .option('--since <day>', 'from this day of their time on')
    .option('--until <day>', 'to this day of their time')
    .option('--department <unit>', 'only of this unit: an id or an alias')
    .option('--subject <uscc>', 'only of this market subject')
    .option('--source <uri>', 'only of this source')
    .option('--limit <n>', 'at most so many')
    .option('--json', 'a CloudEvents object a line')
    .action(async (options: Options) => {
      const selection = selectionOf(options, context, units);
      for await (const line of storedEvents(await context.warehouse(), selection))
        await written(context, options.json ? line : shortened(line));
    });
}

interface Options extends Omit<EventSelection, 'limit'> {
  limit?: string;
  json?: boolean;
}

/** @throws CommandError that names the option that is wrong */
function selectionOf(
  { limit, json: _json, ...options }: Options,
  { environment }: CommandContext,
  units: () => readonly NamedUnit[],
): EventSelection {
  for (const name of ['since', 'until'] as const)
    if (options[name] !== undefined && !isCalendarDay(options[name]))
      throw new CommandError(`--${name} must be a day like 2025-04-01, not ${JSON.stringify(options[name])}.`);
  if (options.type !== undefined && !eventTypes.has(options.type))
    throw new CommandError(`There is no type ${JSON.stringify(options.type)}; docs/events.md lists them.`);
  if (options.subject !== undefined && usccProblem(options.subject))
    throw new CommandError(`--subject must be a unified social credit code, not ${JSON.stringify(options.subject)}.`);
  if (limit !== undefined && !/^[1-9]\d{0,14}$/.test(limit))
    throw new CommandError(`--limit must be a positive whole number, not ${JSON.stringify(limit)}.`);
  const { department } = options;
  // Events may be of units that no rule set knows any more, so an unknown name is taken as an id.
  const unit = department && (new UnitNames(units(), environment.dataDir).find(department) ?? department);
  return { ...options, department: unit, limit: limit === undefined ? undefined : Number(limit) };
}

/** A slow reader is waited for: there may be millions. */
async function written({ stdout }: CommandContext, line: string): Promise<void> {
  if (!stdout.write(`${line}\n`)) await new Promise<void>((resolve) => stdout.once('drain', () => resolve()));
}

function shortened(line: string): string {
  const { time, type, department, subject, id, data } = JSON.parse(line) as Record<string, unknown>;
  return [time, type, department, subject ?? '-', id, JSON.stringify(data).slice(0, 120)]
    .map((field) => visibleLine(String(field)))
    .join('  ');
}
