import type { CommandContext } from '@hengjian/warehouse';
import type { Command } from 'commander';
import type { Scores } from '../queries/read-scores.ts';
import { roundHalfUp } from '../scoring/round-half-up.ts';
import { scoreQuarter } from '../scoring/score-quarter.ts';
import { withExpectedErrors } from './expected-errors.ts';
import { type Language, languageOf } from './language.ts';
import { textTable } from './text-table.ts';

const WORDS = {
  zh: {
    rank: '名次',
    unit: '单位',
    total: '总分',
    cutoff: '截止',
    asOf: '数据时点',
    running: '进行中',
    status: { draft: '草稿', published: '已发布', corrected: '已更正' },
  },
  en: {
    rank: 'rank',
    unit: 'unit',
    total: 'total',
    cutoff: 'cut-off',
    asOf: 'data as of',
    running: 'running',
    status: { draft: 'draft', published: 'published', corrected: 'corrected' },
  },
} as const;

export function registerScoreCommand(program: Command, context: CommandContext): void {
  program
    .command('score')
    .description('the scores of a quarter')
    .argument('<quarter>', 'for example 2025Q2')
    .option('--json', 'print JSON only')
    .option('--ruleset <id>', 'with another rule set')
    .option('--as-of <time>', 'with the events recorded up to this time (RFC 3339, or a day)')
    .action((quarter: string, options: { json?: boolean; ruleset?: string; asOf?: string }) =>
      withExpectedErrors(async () => {
        const warehouse = await context.warehouse('app');
        const scores = await scoreQuarter(warehouse, context.environment, {
          quarter,
          ruleset: options.ruleset,
          asOf: options.asOf,
        });
        context.stdout.write(options.json ? `${JSON.stringify(scores)}\n` : scoreText(scores, languageOf()));
      }),
    );
}

/** The ranking as a table: units down, items across. */
export function scoreText(scores: Scores, language: Language): string {
  const words = WORDS[language];
  const items = [...new Set(scores.units.flatMap((unit) => unit.items.map((item) => item.item)))];
  const rows = scores.units.map((unit) => [
    String(unit.rank),
    language === 'zh' ? unit.name : unit.unit,
    roundHalfUp(unit.total_exact),
    ...items.map((id) => {
      const item = unit.items.find((candidate) => candidate.item === id);
      return item ? roundHalfUp(item.points_exact) : '–';
    }),
  ]);
  const head = `${scores.quarter} · ${words.status[scores.status]} · ${scores.ruleset.id} ${scores.ruleset.version} · ${words.cutoff} ${scores.cutoff?.slice(0, 10) ?? words.running} · ${words.asOf} ${scores.as_of.slice(0, 19)}`;
  const table = textTable([words.rank, words.unit, words.total, ...items], rows, [
    'right',
    'left',
    'right',
    ...items.map(() => 'right' as const),
  ]);
  return `${head}\n\n${table}\n`;
}
