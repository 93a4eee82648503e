import type { RuleLimits } from '@hengjian/contract/rule-limits.ts';
import type { CommandContext } from '@hengjian/warehouse';
import type { Command } from 'commander';
import { registerImportCommand } from './import-command.ts';
import { registerKeyCommand } from './key-command.ts';
import { registerRejectsCommand } from './rejects-command.ts';

/** @param limits of the rule sets in use, by which corrected events are judged */
export function registerIngestCommands(program: Command, context: CommandContext, limits: () => RuleLimits): void {
  registerImportCommand(program, context);
  registerRejectsCommand(program, context, limits);
  registerKeyCommand(program, context);
}
