import type { CommandContext } from '@hengjian/warehouse';
import type { Command } from 'commander';
import type { NamedUnit } from '../tables/rows/unit-names.ts';
import { registerEventsCommand } from './events-command.ts';
import { registerImportCommand } from './import-command.ts';
import { registerKeyCommand } from './key-command.ts';
import { registerLayoutsCommand } from './layouts-command.ts';
import { registerRejectsCommand } from './rejects-command.ts';

/** @param units of the rule set, by whose names tables call them; asked for only where they are needed */
export function registerIngestCommands(
  program: Command,
  context: CommandContext,
  units: () => readonly NamedUnit[] = () => [],
): void {
  registerImportCommand(program, context, units);
  registerRejectsCommand(program, context, units);
  registerKeyCommand(program, context);
  registerEventsCommand(program, context, units);
  registerLayoutsCommand(program, context);
}
