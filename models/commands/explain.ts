import { roundExact } from '@hengjian/contract/round-exact.ts';
import type { CommandContext } from '@hengjian/warehouse';
import { writePieces } from '@hengjian/warehouse/write-pieces.ts';
import type { Command } from 'commander';
import { explanationJson } from '../queries/explanation-json.ts';
import type { LostPoint, OpenExplanation } from '../queries/read-explanation.ts';
import { kindWord } from '../ruleset/kind-word.ts';
import { withExplanation } from '../scoring/score-quarter.ts';
import { withExpectedErrors } from './expected-errors.ts';
import { type Language, languageOf } from './language.ts';
import { tableLine, widen, widthsOf } from './text-table.ts';

const HEAD = {
  zh: ['原因', '对象', '主体', '期限', '完成', '扣分', '依据'],
  en: ['cause', 'key', 'subject', 'due', 'happened', 'cost', 'clause'],
} as const;
const NOTHING = { zh: '未失分。', en: 'Nothing was lost.' } as const;
const NOTHING_OF_RATES = { zh: '没有未办或逾期的。', en: 'Nothing was missed or late.' } as const;

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

/** Which of the columns says what a row cost. */
const COST = HEAD.en.indexOf('cost');
const ALIGN = ['left', 'left', 'left', 'left', 'left', 'right'] as const;

/** The rows are read twice: how wide the columns are is known at their end. */
export async function* explanationText(
  { head, called, rows }: OpenExplanation,
  language: Language,
): AsyncGenerator<string> {
  const { quarter, unit } = head;
  const name = language === 'zh' ? head.name : head.name_en;
  const scored = head.points_exact !== undefined;
  const points = scored
    ? `${roundExact(head.points_exact!)} / ${roundExact(head.weight_exact ?? head.weight ?? 0)} = `
    : '';
  // Of a rate no row costs points.
  const shown = (cells: readonly string[]) => (scored ? cells : cells.filter((_, n) => n !== COST));
  yield `${quarter} · ${called[language]} (${unit}) · ${name}: ${points}${head.formula}\n${head.clause}\n\n`;
  const widths = widthsOf(shown(HEAD[language]));
  let lost = 0;
  for await (const row of rows()) {
    widen(widths, shown(columns(row, language)));
    lost += 1;
  }
  if (lost === 0) return yield `${(scored ? NOTHING : NOTHING_OF_RATES)[language]}\n`;
  const align = scored ? ALIGN : [];
  yield `${tableLine(shown(HEAD[language]), widths, align)}\n`;
  for await (const row of rows()) yield `${tableLine(shown(columns(row, language)), widths, align)}\n`;
}

/** A kind in words, and the code by which files and the API name it. */
const columns = (row: LostPoint, language: Language): string[] => [
  language === 'zh' ? `${kindWord(row.kind)} ${row.kind}` : row.kind,
  row.key,
  row.subject ?? '',
  row.due ?? '',
  row.happened?.slice(0, 16).replace('T', ' ') ?? '',
  row.points === null ? '–' : roundExact(row.points, 4),
  row.clause,
];
