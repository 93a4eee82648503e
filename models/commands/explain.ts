import { roundExact } from '@hengjian/contract/round-exact.ts';
import type { CommandContext } from '@hengjian/warehouse';
import { writePieces } from '@hengjian/warehouse/write-pieces.ts';
import type { Command } from 'commander';
import { explanationJson } from '../queries/explanation-json.ts';
import type { LostPoint, OpenExplanation } from '../queries/read-explanation.ts';
import { withExplanation } from '../scoring/score-quarter.ts';
import { withExpectedErrors } from './expected-errors.ts';
import { type Language, languageOf } from './language.ts';
import { tableLine, widen, widthsOf } from './text-table.ts';

const HEAD = {
  zh: ['原因', '对象', '主体', '期限', '完成', '扣分', '依据'],
  en: ['cause', 'key', 'subject', 'due', 'happened', 'cost', 'clause'],
} as const;
const NOTHING = { zh: '未失分。', en: 'Nothing was lost.' } as const;

export function registerExplainCommand(program: Command, context: CommandContext): void {
  program
    .command('explain')
    .description('what cost each point of an item')
    .argument('<period>', 'a quarter, for example 2025Q2; of rates also a month (2025-04) or a year (2025)')
    .argument('<unit>', 'unit id, for example scjg')
    .argument('<item>', 'item id, for example claim')
    .option('--ruleset <id>', 'under another rule set')
    .option('--json', 'print JSON only')
    .action((quarter: string, unit: string, item: string, options: { json?: boolean; ruleset?: string }) =>
      withExpectedErrors(async () => {
        const request = { quarter, ruleset: options.ruleset, unit, item };
        await withExplanation(await context.warehouse('app'), context.environment, request, (explanation) =>
          writePieces(
            context.stdout,
            options.json ? explanationJson(explanation) : explanationText(explanation, languageOf()),
          ),
        );
      }),
    );
}

const ALIGN = ['left', 'left', 'left', 'left', 'left', 'right'] as const;

/** The rows are read twice: how wide the columns are is known at their end. */
export async function* explanationText({ head, rows }: OpenExplanation, language: Language): AsyncGenerator<string> {
  const { quarter, unit } = head;
  const name = language === 'zh' ? head.name : head.name_en;
  const points =
    head.points_exact === undefined
      ? ''
      : `${roundExact(head.points_exact)} / ${roundExact(head.weight_exact ?? head.weight ?? 0)} = `;
  yield `${quarter} · ${unit} · ${name}: ${points}${head.formula}\n${head.clause}\n\n`;
  const widths = widthsOf(HEAD[language]);
  let lost = 0;
  for await (const row of rows()) {
    widen(widths, columns(row));
    lost += 1;
  }
  if (lost === 0) return yield `${NOTHING[language]}\n`;
  yield `${tableLine(HEAD[language], widths, ALIGN)}\n`;
  for await (const row of rows()) yield `${tableLine(columns(row), widths, ALIGN)}\n`;
}

const columns = (row: LostPoint): string[] => [
  row.kind,
  row.key,
  row.subject ?? '',
  row.due ?? '',
  row.happened?.slice(0, 16).replace('T', ' ') ?? '',
  row.points === null ? '–' : roundExact(row.points, 4),
  row.clause,
];
