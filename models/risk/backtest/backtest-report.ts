/** A back-test as a page of text, in Chinese or English. */

import { statisticText } from '@hengjian/contract/statistic-text.ts';
import type { Language } from '../../commands/language.ts';
import { type Align, textTable } from '../../commands/text-table.ts';
import type { BacktestFigures } from './backtest-figures.ts';
import {
  type BacktestTable,
  calibrationText,
  decileTable,
  featureTable,
  headlineTable,
  monthTable,
  periodTable,
} from './backtest-tables.ts';
import { BACKTEST_WORDS, type BacktestWords } from './backtest-words.ts';
import type { Backtest } from './run-backtest.ts';

export function backtestReport(backtest: Backtest, language: Language): string {
  const words = BACKTEST_WORDS[language];
  const { figures } = backtest;
  const parts = [
    periods(backtest, words),
    ...(figures
      ? [
          headline(figures, words),
          titled(words.deciles, decileTable(figures, words)),
          calibrationText(figures, words),
          titled(words.drift, monthTable(figures, words)),
        ]
      : [backtest.test.hits > 0 || backtest.figures ? words.oneClass : words.noFigures]),
    titled(words.shares, featureTable(backtest, words)),
    ...(backtest.warnings.length > 0
      ? [`${words.warnings}\n${backtest.warnings.map((warning) => `! ${warning[language]}`).join('\n')}`]
      : []),
  ];
  return `${parts.join('\n\n')}\n`;
}

function periods(backtest: Backtest, words: BacktestWords): string {
  const { model, stability } = backtest;
  const { head, rows } = periodTable(backtest, words);
  const table = textTable(head, rows, ['left', 'left', 'left', 'right', 'right']);
  const chosen = model.penalty.validatedFrom ? words.chosen(model.penalty.validatedFrom) : words.notChosen;
  return `${table}\n${words.penalty} ${model.penalty.value.toPrecision(3)} (${chosen}) · PSI ${statisticText(stability, 3)}`;
}

/** The first column to the left, figures to the right. */
function titled(title: string, { head, rows }: BacktestTable): string {
  return `${title}\n${textTable(head, rows, rightAfterFirst(head.length))}`;
}

function headline(figures: BacktestFigures, words: BacktestWords): string {
  const { head, rows } = headlineTable(figures, words);
  return textTable(head, rows, ['left', 'right', 'left']);
}

const rightAfterFirst = (length: number): Align[] =>
  Array.from({ length }, (_, column) => (column === 0 ? 'left' : 'right'));
