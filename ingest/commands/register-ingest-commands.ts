import type { RuleLimits } from '@hengjian/contract/rule-limits.ts';
import type { CommandContext } from '@hengjian/warehouse';
import type { Command } from 'commander';
import type { NamedUnit } from '../tables/rows/unit-names.ts';
import { registerEventsCommand } from './events-command.ts';
import { registerImportCommand } from './import-command.ts';
import { registerKeyCommand } from './key-command.ts';
import { registerLayoutsCommand } from './layouts-command.ts';
import { registerRejectsCommand } from './rejects-command.ts';
import { registerTemplatesCommand } from './templates-command.ts';

export interface RuleSetKnowledge {
  /** What only the rule sets in use know and checks of events need. */
  limits: () => RuleLimits;
  /** The units by whose names tables call them; asked for only where they are needed. */
  units: () => readonly NamedUnit[];
}

export function registerIngestCommands(program: Command, context: CommandContext, ruleSets: RuleSetKnowledge): void {
  registerImportCommand(program, context, async () => ruleSets);
  registerKeepingCommands(program, context, ruleSets);
}

/** All but `import`, which is loaded without them where its start counts. */
export function registerKeepingCommands(program: Command, context: CommandContext, ruleSets: RuleSetKnowledge): void {
  registerRejectsCommand(program, context, ruleSets);
  registerKeyCommand(program, context);
  registerEventsCommand(program, context, ruleSets.units);
  registerLayoutsCommand(program, context);
  registerTemplatesCommand(program, context, ruleSets);
}
