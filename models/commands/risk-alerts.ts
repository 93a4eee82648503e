/** `risk alerts`: what stands out, who looks into it, what came of it. */
import { EVERYTHING } from '@hengjian/contract/scope.ts';
import { type CommandContext, CommandError } from '@hengjian/warehouse';
import type { Command } from 'commander';
import { raiseAlerts } from '../risk/alerts/raise-alerts.ts';
import { ALERT_STATES, type AlertState, readRiskAlerts } from '../risk/queries/read-risk-alerts.ts';
import { withExpectedErrors } from './expected-errors.ts';
import { languageOf } from './language.ts';
import { placeNames } from './place-names.ts';
import { alertsText } from './risk-alerts-text.ts';
import { writeAsProduct } from './write-as-product.ts';

/** Rows of the table for people; `--json` gives all. */
const SHOWN = 40;
const ALL = 100_000;

export function registerAlertCommands(risk: Command, context: CommandContext): void {
  risk
    .command('alerts')
    .description(
      'alerts of risk and inspection, with who has them and what was done (the scheduler of `up` raises them)',
    )
    .option('--raise', 'judge the months that ended now, and raise what is not in the log yet')
    .option('--state <state>', `only ${ALERT_STATES.join(', ')}`)
    .option('--json', 'print JSON only')
    .action((options: { raise?: boolean; state?: string; json?: boolean }) =>
      withExpectedErrors(async () => {
        const state = stateOrError(options.state);
        const warehouse = await context.warehouse('app');
        const looked = options.raise ? await raiseAlerts(warehouse, writeAsProduct(context)) : undefined;
        const limit = options.json ? ALL : SHOWN + 1;
        const alerts = await readRiskAlerts(warehouse, EVERYTHING, { state, limit });
        const raised = looked && { months: looked.months, raised: looked.raised.map(({ alert_id }) => alert_id) };
        context.stdout.write(
          options.json
            ? `${JSON.stringify({ ...raised, alerts })}\n`
            : alertsText(
                alerts.slice(0, SHOWN),
                { more: alerts.length > SHOWN, raised },
                languageOf(),
                placeNames(context.environment, languageOf()),
              ),
        );
      }),
    );
}

function stateOrError(text: string | undefined): AlertState | undefined {
  const state = ALERT_STATES.find((known) => known === text);
  if (text !== undefined && !state)
    throw new CommandError(`--state ${JSON.stringify(text)} is none of ${ALERT_STATES.join(', ')}.`);
  return state;
}
