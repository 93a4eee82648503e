import type { CommandContext } from '@hengjian/warehouse';
import type { Command } from 'commander';
import type { Explanation } from '../queries/read-explanation.ts';
import { roundHalfUp } from '../scoring/round-half-up.ts';
import { explainItem } from '../scoring/score-quarter.ts';
import { withExpectedErrors } from './expected-errors.ts';
import { type Language, languageOf } from './language.ts';
import { textTable } from './text-table.ts';

const HEAD = {
  zh: ['原因', '对象', '主体', '期限', '完成', '扣分', '依据'],
  en: ['cause', 'key', 'subject', 'due', 'happened', 'cost', 'clause'],
} as const;
const NOTHING = { zh: '未失分。', en: 'Nothing was lost.' } as const;

export function registerExplainCommand(program: Command, context: CommandContext): void {
  program
    .command('explain')
    .description('what cost each point of an item')
    .argument('<quarter>', 'for example 2025Q2')
    .argument('<unit>', 'unit id, for example scjg')
    .argument('<item>', 'item id, for example claim')
    .option('--ruleset <id>', 'under another rule set')
    .option('--json', 'print JSON only')
    .action((quarter: string, unit: string, item: string, options: { json?: boolean; ruleset?: string }) =>
      withExpectedErrors(async () => {
        const explanation = await explainItem(await context.warehouse('app'), context.environment, {
          quarter,
          ruleset: options.ruleset,
          unit,
          item,
        });
        context.stdout.write(
          options.json ? `${JSON.stringify(explanation)}\n` : explanationText(explanation, languageOf()),
        );
      }),
    );
}

export function explanationText(explanation: Explanation, language: Language): string {
  const { quarter, unit, lost } = explanation;
  const name = language === 'zh' ? explanation.name : explanation.name_en;
  const points =
    explanation.points_exact === undefined
      ? ''
      : `${roundHalfUp(explanation.points_exact)} / ${explanation.weight?.toFixed(2)} = `;
  const head = `${quarter} · ${unit} · ${name}: ${points}${explanation.formula}\n${explanation.clause}\n`;
  if (lost.length === 0) return `${head}\n${NOTHING[language]}\n`;
  const rows = lost.map((row) => [
    row.kind,
    row.key,
    row.subject ?? '',
    row.due ?? '',
    row.happened?.slice(0, 16).replace('T', ' ') ?? '',
    row.points?.toFixed(4) ?? '–',
    row.clause,
  ]);
  return `${head}\n${textTable(HEAD[language], rows, ['left', 'left', 'left', 'left', 'left', 'right'])}\n`;
}
