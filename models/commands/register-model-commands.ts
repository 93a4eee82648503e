/** The room's commands; one file each below. */
import type { CommandContext } from '@hengjian/warehouse';
import type { Command } from 'commander';
import { registerBalanceCommand } from './balance.ts';
import { registerCalendarCommand } from './calendar.ts';
import { registerDrawCommand } from './draw.ts';
import { registerExplainCommand } from './explain.ts';
import { registerModelsCommand } from './models.ts';
import { registerObjectionCommands } from './objections.ts';
import { registerPublicationCommands } from './publication.ts';
import { registerRefreshCommand } from './refresh.ts';
import { registerRiskCommands } from './risk.ts';
import { registerRuleSetsCommand } from './rulesets.ts';
import { registerScoreCommand } from './score.ts';

export function registerModelCommands(program: Command, context: CommandContext): void {
  registerRefreshCommand(program, context);
  registerScoreCommand(program, context);
  registerExplainCommand(program, context);
  registerBalanceCommand(program, context);
  registerPublicationCommands(program, context);
  registerObjectionCommands(program, context);
  registerRuleSetsCommand(program, context);
  registerCalendarCommand(program, context);
  registerModelsCommand(program, context);
  registerDrawCommand(program, context);
  registerRiskCommands(program, context);
}
