import type { CommandContext } from '@hengjian/warehouse';
import type { Command } from 'commander';
import { backtestReport } from '../risk/backtest/backtest-report.ts';
import { readMapping } from '../risk/backtest/read-mapping.ts';
import { runBacktest } from '../risk/backtest/run-backtest.ts';
import { writeScores } from '../risk/backtest/write-scores.ts';
import { languageOf } from './language.ts';
import { registerAlertCommands } from './risk-alerts.ts';
import { registerTierCommands } from './risk-tiers.ts';

interface BacktestOptions {
  mapping: string;
  train: string;
  test: string;
  scores?: string;
  json?: boolean;
}

export function registerRiskCommands(program: Command, context: CommandContext): void {
  const risk = program.command('risk').description('how risky is whom, and how good is that answer');
  registerTierCommands(risk, context);
  registerAlertCommands(risk, context);
  risk
    .command('backtest')
    .description('fits a model on past inspections, scores others, and says how good the scores were')
    .requiredOption('--mapping <file>', 'YAML: which column is the id, date, target, and what the features are')
    .requiredOption('--train <file>', 'CSV or CSV.gz of inspections whose outcome is known')
    .requiredOption('--test <file>', 'CSV or CSV.gz to score; figures are given where it holds the target')
    .option('--scores <file>', 'write id,score of each test row to this CSV')
    .option('--json', 'print JSON only')
    .action(async (options: BacktestOptions) => {
      const mapping = readMapping(options.mapping);
      const backtest = await runBacktest(mapping, options.train, options.test);
      if (options.scores) writeScores(options.scores, backtest.scores, [options.mapping, options.train, options.test]);
      const { scores, ...report } = backtest;
      context.stdout.write(
        options.json
          ? `${JSON.stringify({ ...report, scored: scores.length })}\n`
          : backtestReport(backtest, languageOf()),
      );
    });
}
