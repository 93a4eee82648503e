import { statisticText } from '@hengjian/contract/statistic-text.ts';
import type { CommandContext } from '@hengjian/warehouse';
import type { Command } from 'commander';
import { planJson, planText } from '../runner/plan-refresh.ts';
import { loadProject } from '../runner/project.ts';
import { planOnly } from '../runner/refresh.ts';
import { refreshModels } from '../runner/refresh-models.ts';
import { withExpectedErrors } from './expected-errors.ts';

export function registerRefreshCommand(program: Command, context: CommandContext): void {
  program
    .command('refresh')
    .description('bring every model up to date now')
    .option('--full', 'build every quarter, changed or not')
    .option('--plan', 'print what would be built, why and in which order; build nothing')
    .option('--json', 'print JSON only')
    .action((options: { full?: boolean; plan?: boolean; json?: boolean }) =>
      withExpectedErrors(async () => {
        if (options.plan) {
          const project = loadProject(context.environment);
          const plan = await planOnly(await context.warehouse('app'), project, { full: options.full === true });
          context.stdout.write(options.json ? `${JSON.stringify(planJson(plan))}\n` : planText(plan));
          return;
        }
        const terminal = !options.json && (context.stderr as { isTTY?: boolean }).isTTY === true;
        const started = performance.now();
        const result = await refreshModels({
          warehouse: await context.warehouse('app'),
          environment: context.environment,
          full: options.full === true,
          ...(terminal ? { onProgress: (message: string) => void context.stderr.write(`${message} …\n`) } : {}),
        });
        const seconds = statisticText((performance.now() - started) / 1000, 1);
        for (const [quarter, reason] of result.problems)
          context.stderr.write(`${quarter} cannot be scored: ${reason}\n`);
        if (options.json) {
          const { problems, problemsByRuleSet: _, asOf, newEvents, ways, ...rest } = result;
          context.stdout.write(
            `${JSON.stringify({ ...rest, new_events: newEvents, as_of: asOf, problems: Object.fromEntries(problems) })}\n`,
          );
        } else {
          const what = result.built.length > 0 ? `built ${result.built.join(', ')}` : 'nothing to build';
          context.stdout.write(`${result.newEvents} new events; ${what} in ${seconds} s.\n`);
        }
      }),
    );
}
