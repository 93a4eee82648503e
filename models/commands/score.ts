import { roundExact } from '@hengjian/contract/round-exact.ts';
import { EVERYTHING } from '@hengjian/contract/scope.ts';
import { type CommandContext, CommandError, type Warehouse } from '@hengjian/warehouse';
import type { Command } from 'commander';
import type { Scores } from '../queries/read-scores.ts';
import { ruleSetOn } from '../ruleset/rule-set.ts';
import { loadProject, type Project } from '../runner/project.ts';
import { refresh } from '../runner/refresh.ts';
import { type RankRange, rankRange } from '../scoring/rank-range.ts';
import { periodOrError, quarterOrError, scoreQuarter } from '../scoring/score-quarter.ts';
import { scoreYear, type YearScores } from '../scoring/score-year.ts';
import { withExpectedErrors } from './expected-errors.ts';
import { type Language, languageOf } from './language.ts';
import { textTable } from './text-table.ts';

const WORDS = {
  zh: {
    rank: '名次',
    range: '名次区间',
    unit: '单位',
    item: '项目',
    name: '名称',
    total: '总分',
    cutoff: '截止',
    asOf: '数据时点',
    running: '进行中',
    rates: '未设分值，不计总分，各单位逐项排名：完成/应完成（及时）#名次',
    status: { draft: '草稿', published: '已发布', corrected: '已更正' },
  },
  en: {
    rank: 'rank',
    range: 'rank range',
    unit: 'unit',
    item: 'item',
    name: 'name',
    total: 'total',
    cutoff: 'cut-off',
    asOf: 'data as of',
    running: 'running',
    rates: 'no points and so no total; units are ranked item by item: done/due (in time) #rank',
    status: { draft: 'draft', published: 'published', corrected: 'corrected' },
  },
} as const;

export function registerScoreCommand(program: Command, context: CommandContext): void {
  program
    .command('score')
    .description('the scores of a quarter, a year or a month')
    .argument(
      '<period>',
      'a quarter (2025Q2); a year (2025): its published quarters together; of rates also a month (2025-04)',
    )
    .option('--drafts', 'of a year: count quarters that are not published yet, too')
    .option('--json', 'print JSON only')
    .option('--ruleset <id>', 'with another rule set')
    .option('--as-of <time>', 'with the events recorded up to this time (RFC 3339, or a day)')
    .option('--range', 'best and worst rank of each unit over all admissible readings of the rule')
    .action((quarter: string, options: Options) =>
      withExpectedErrors(async () => {
        const warehouse = await context.warehouse('app');
        const language = languageOf();
        const project = loadProject({ ...context.environment, asked: options.ruleset });
        const period = periodOrError(quarter);
        if (period.type === 'year' && project.ruleSet.scored) {
          const year = await yearOrError(warehouse, project, period.year, options);
          context.stdout.write(options.json ? `${JSON.stringify(year)}\n` : yearText(year, language));
          return;
        }
        if (options.drafts)
          throw new CommandError(`--drafts is of a year under a rule set with points; ${quarter} is shown as it is.`);
        const scores = await scoreQuarter(warehouse, context.environment, {
          quarter,
          ruleset: options.ruleset,
          asOf: options.asOf,
        });
        const ranges = options.range ? await rangesOf(warehouse, context, quarter, options) : undefined;
        const units = scores.units.map((unit) => ({ ...unit, ...(ranges ? { range: ranges.get(unit.unit) } : {}) }));
        context.stdout.write(
          options.json
            ? `${JSON.stringify({ ...scores, units })}\n`
            : scoreText({ ...scores, units }, language, itemNames(project, period.end)),
        );
      }),
    );
}

/** @throws CommandError naming the option that a year does not take, or the quarters that are missing */
async function yearOrError(
  warehouse: Warehouse,
  project: Project,
  year: number,
  options: Options,
): Promise<YearScores> {
  for (const [option, given] of [
    ['--as-of', options.asOf !== undefined],
    ['--range', options.range],
  ] as const)
    if (given) throw new CommandError(`${option} is of a quarter; ask for one, like ${year}Q1.`);
  await refresh(warehouse, project);
  const scores = await scoreYear(warehouse, EVERYTHING, project, year, {
    drafts: options.drafts ? 'always' : 'where_none_published',
  });
  if (scores.units.length === 0)
    throw new CommandError(
      `No quarter of ${year} has scores under ${project.ruleSet.id}; \`hengjian score ${year}Q1\` computes one.`,
    );
  return scores;
}

interface Options {
  drafts?: boolean;
  json?: boolean;
  ruleset?: string;
  asOf?: string;
  range?: boolean;
}

async function rangesOf(
  warehouse: Warehouse,
  context: CommandContext,
  quarter: string,
  options: Options,
): Promise<Map<string, RankRange>> {
  const project = loadProject({ ...context.environment, asked: options.ruleset });
  if (!project.ruleSet.scored)
    throw new CommandError(`The rule set ${project.ruleSet.id} gives no points, so its units have no range of ranks.`);
  const { units } = await rankRange(warehouse, project, quarterOrError(quarter));
  return new Map(units.map((range) => [range.unit, range]));
}

export function yearText({ year, aggregation, quarters, drafts, units }: YearScores, language: Language): string {
  const words = WORDS[language];
  const rows = units.map((unit) => [
    String(unit.rank),
    language === 'zh' ? unit.name : unit.name_en || unit.unit,
    roundExact(unit.total_exact),
    ...quarters.map((quarter) => {
      const entry = unit.quarters.find((candidate) => candidate.quarter === quarter);
      return entry ? roundExact(entry.total) : '–';
    }),
  ]);
  const align = ['right', 'left', 'right', ...quarters.map(() => 'right' as const)] as const;
  const notYet = drafts.length === 0 ? '' : ` · ${words.status.draft} ${drafts.join(', ')}`;
  return `${year} · ${aggregation}${notYet}\n\n${textTable([words.rank, words.unit, words.total, ...quarters], rows, align)}\n`;
}

type RangedScores = Omit<Scores, 'units'> & { units: (Scores['units'][number] & { range?: RankRange | undefined })[] };

type ItemNames = ReadonlyMap<string, { zh: string; en: string }>;

const itemNames = ({ ruleSet }: Project, day: string): ItemNames =>
  new Map(ruleSetOn(ruleSet, day).data.items.map(({ id, name }) => [id, name]));

/**
 * The ranking as a table: units down, items across, under their ids as `explain` asks for them; what they are called stands below. In a
 * rule set of rates each item has its own place.
 */
export function scoreText(scores: RangedScores, language: Language, names: ItemNames): string {
  const words = WORDS[language];
  // The unit with most items has them all in the order of the rule set; others lack some.
  const byLength = scores.units.toSorted((a, b) => b.items.length - a.items.length);
  const items = [...new Set(byLength.flatMap((unit) => unit.items.map((item) => item.item)))];
  const ranged = scores.units.some(({ range }) => range);
  const scored = scores.units.some(({ rank }) => rank !== null);
  const rows = scores.units.map((unit) => [
    ...(scored ? [String(unit.rank)] : []),
    ...(ranged ? [unit.range ? `${unit.range.best}–${unit.range.worst}` : ''] : []),
    language === 'zh' ? unit.name : unit.name_en || unit.unit,
    ...(scored ? [roundExact(unit.total_exact ?? '0')] : []),
    ...items.map((id) => cellText(unit.items.find((candidate) => candidate.item === id))),
  ]);
  const head = `${scores.quarter} · ${words.status[scores.status]} · ${scores.ruleset.id} ${scores.ruleset.version} · ${words.cutoff} ${scores.cutoff?.slice(0, 10) ?? words.running} · ${words.asOf} ${scores.as_of.slice(0, 19)}`;
  const columns = [
    ...(scored ? [[words.rank, 'right'] as const] : []),
    ...(ranged ? [[words.range, 'right'] as const] : []),
    [words.unit, 'left'] as const,
    ...(scored ? [[words.total, 'right'] as const] : []),
    ...items.map((item) => [item, 'right'] as const),
  ];
  const table = textTable(
    columns.map(([name]) => name),
    rows,
    columns.map(([, align]) => align),
  );
  const called = textTable(
    [words.item, words.name],
    items.map((id) => [id, names.get(id)?.[language] ?? id]),
  );
  return `${head}\n${scored ? '' : `${words.rates}\n`}\n${table}\n\n${called}\n`;
}

/** Points; or done/due (in time) and the place, as `16/18 (10) #3`. */
function cellText(item: Scores['units'][number]['items'][number] | undefined): string {
  if (!item) return '–';
  if (item.points_exact !== undefined) return roundExact(item.points_exact);
  const { numerator, denominator, on_time: onTime, rank } = item;
  return `${numerator}/${denominator}${onTime === null ? '' : ` (${onTime})`}${rank == null ? '' : ` #${rank}`}`;
}
