import { percentText, roundExact, subtractExact } from '@hengjian/contract/round-exact.ts';
import type { CommandContext } from '@hengjian/warehouse';
import type { Command } from 'commander';
import type { RuleSet } from '../ruleset/rule-set.ts';
import {
  type ComparedFigures,
  type ComparedUnit,
  compareRuleSets,
  type RuleSetComparison,
} from '../scoring/compare-rule-sets.ts';
import { withExpectedErrors } from './expected-errors.ts';
import { type Language, languageOf } from './language.ts';
import { textTable } from './text-table.ts';

const WORDS = {
  zh: {
    unit: '单位',
    item: '项目',
    before: '现行',
    after: '草案',
    change: '变化',
    total: '总分',
    rank: '名次',
    same: '没有变化。',
    differences: '处不同',
  },
  en: {
    unit: 'unit',
    item: 'item',
    before: 'in force',
    after: 'draft',
    change: 'change',
    total: 'total',
    rank: 'rank',
    same: 'Nothing changes.',
    differences: 'differences in the text',
  },
} as const;

/** `rulesets whatif`: past quarters by a draft, beside the rule set in force. @param ruleSetOf reads an id or a file */
export function registerRuleSetsWhatIf(
  rulesets: Command,
  context: CommandContext,
  ruleSetOf: (idOrFile: string) => RuleSet,
): void {
  rulesets
    .command('whatif')
    .description('past quarters by a draft rule set, beside the one in force; nothing live changes')
    .argument('<draft>', 'id or file')
    .requiredOption('--quarter <quarters...>', 'quarters, like 2025Q1 2025Q2')
    .option('--against <id>', 'the rule set to lay beside it (default: the one that is kept up to date)')
    .option('--json', 'print JSON only')
    .action((idOrFile: string, options: { quarter: string[]; against?: string; json?: boolean }) =>
      withExpectedErrors(async () => {
        const draft = ruleSetOf(idOrFile);
        const warehouse = await context.warehouse('app');
        const found: RuleSetComparison[] = [];
        for (const quarter of options.quarter)
          found.push(
            await compareRuleSets(warehouse, context.environment, { quarter, draft, against: options.against }),
          );
        context.stdout.write(
          options.json
            ? `${JSON.stringify(found)}\n`
            : found.map((one) => comparisonText(one, languageOf())).join('\n'),
        );
      }),
    );
}

/** Totals and ranks, then what changes item by item. */
function comparisonText({ quarter, before, after, differences, units }: RuleSetComparison, language: Language): string {
  const words = WORDS[language];
  const totals = units
    .filter((unit) => unit.before?.total != null || unit.after?.total != null)
    .map((unit) => [nameOf(unit, language), ...pair(unit, ({ total }) => total), ...ranks(unit)]);
  const changed = units.flatMap((unit) =>
    unit.items
      .filter((one) => JSON.stringify(one.before) !== JSON.stringify(one.after))
      .map((one) => [nameOf(unit, language), one.name[language], figures(one.before), figures(one.after)]),
  );
  const head = `${quarter} · ${before.id} ${before.version} → ${after.id} ${after.version} · ${differences.length} ${words.differences}`;
  const tables = [
    totals.length > 0 ? textTable([words.unit, words.before, words.after, words.change, words.rank], totals) : '',
    changed.length > 0 ? textTable([words.unit, words.item, words.before, words.after], changed) : words.same,
  ].filter((table) => table !== '');
  return `${[head, ...tables].join('\n\n')}\n`;
}

const nameOf = ({ unit, name, name_en }: ComparedUnit, language: Language) =>
  language === 'zh' ? name : name_en || unit;

type Side = NonNullable<ComparedUnit['before']>;

function pair({ before, after }: ComparedUnit, figure: (side: Side) => string | null): string[] {
  const [was, is] = [before && figure(before), after && figure(after)];
  const change = was != null && is != null ? roundExact(subtractExact(is, was)) : '–';
  return [was == null ? '–' : roundExact(was), is == null ? '–' : roundExact(is), change];
}

function ranks({ before, after }: ComparedUnit): string[] {
  return [`${before?.rank ?? '–'} → ${after?.rank ?? '–'}`];
}

/** `7.39/10`, or of a rate `16/18 (10) 88.9% #3`. */
function figures(score: ComparedFigures | null): string {
  if (!score) return '–';
  const { points, weight, numerator, denominator, on_time, rank } = score;
  if (points !== null) return `${roundExact(points)}/${weight === null ? '–' : roundExact(weight)}`;
  const share = denominator ? ` ${percentText(numerator ?? 0, denominator)}` : '';
  return `${numerator}/${denominator}${on_time === null ? '' : ` (${on_time})`}${share}${rank === null ? '' : ` #${rank}`}`;
}
