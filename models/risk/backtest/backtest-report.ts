/** A back-test as a page of text, in Chinese or English. */

import type { Language } from '../../commands/language.ts';
import { type Align, textTable } from '../../commands/text-table.ts';
import type { BacktestFigures } from './backtest-figures.ts';
import { BACKTEST_WORDS, type BacktestWords } from './backtest-words.ts';
import type { Backtest, Period } from './run-backtest.ts';

export function backtestReport(backtest: Backtest, language: Language): string {
  const words = BACKTEST_WORDS[language];
  const { figures } = backtest;
  const parts = [
    periods(backtest, words),
    ...(figures
      ? [headline(figures, words), deciles(figures, words), calibrationText(figures, words), months(figures, words)]
      : [backtest.test.hits > 0 || backtest.figures ? words.oneClass : words.noFigures]),
    features(backtest, words),
    ...(backtest.warnings.length > 0
      ? [`${words.warnings}\n${backtest.warnings.map((warning) => `! ${warning[language]}`).join('\n')}`]
      : []),
  ];
  return `${parts.join('\n\n')}\n`;
}

const percent = (share: number, digits = 1): string => `${(100 * share).toFixed(digits)} %`;
const range = (low: number, high: number, show: (value: number) => string): string => `${show(low)}–${show(high)}`;
const three = (value: number): string => value.toFixed(3);

function periods({ train, test, model, stability }: Backtest, words: BacktestWords): string {
  const line = (name: string, { file, rows, from, to, hits }: Period, known: boolean) => [
    name,
    file,
    `${from} … ${to}`,
    String(rows),
    known ? String(hits) : '–',
  ];
  const known = test.hits > 0;
  const table = textTable(
    ['', words.file, words.period, words.rows, words.hits],
    [line(words.train, train, true), line(words.test, test, known)],
    ['left', 'left', 'left', 'right', 'right'],
  );
  const chosen = model.penalty.validatedFrom ? words.chosen(model.penalty.validatedFrom) : words.notChosen;
  return `${table}\n${words.penalty} ${model.penalty.value.toPrecision(3)} (${chosen}) · PSI ${three(stability)}`;
}

function headline(figures: BacktestFigures, words: BacktestWords): string {
  const { auc, brier, daysEarlier, compared, deciles } = figures;
  const rows = [
    ['n', String(figures.n), `${words.hits} ${figures.hits} (${percent(figures.baseRate)})`],
    ['AUC', three(auc.value), `95 % ${range(auc.low, auc.high, three)} (DeLong)`],
    ...(compared ? [[words.comparedAuc, three(compared.auc.value), differenceText(compared.difference, words)]] : []),
    [words.topLift, deciles[0]!.lift.toFixed(2), `${words.capture} ${percent(deciles[0]!.capture)}`],
    [
      words.earlier,
      daysEarlier.mean.toFixed(2),
      words.earlierNote(daysEarlier.median, daysEarlier.earlier, daysEarlier.later),
    ],
    [
      words.firstHalf,
      percent(daysEarlier.firstHalf.reordered),
      `${words.actually} ${percent(daysEarlier.firstHalf.actual)}`,
    ],
    [
      'Brier',
      brier.value.toFixed(4),
      `${words.skill} ${brier.skill === undefined ? '–' : percent(brier.skill)} (${words.reference} ${brier.reference.toFixed(4)})`,
    ],
  ];
  return textTable([words.figure, words.value, ''], rows, ['left', 'right', 'left']);
}

function differenceText(
  difference: NonNullable<BacktestFigures['compared']>['difference'],
  words: BacktestWords,
): string {
  if (!difference) return words.sameOrder;
  return `${words.difference} ${three(difference.value)}, 95 % ${range(difference.low, difference.high, three)}, z ${difference.z.toFixed(2)}`;
}

function deciles({ deciles }: BacktestFigures, words: BacktestWords): string {
  const rows = deciles.map((decile) => [
    String(decile.group),
    decile.n.toFixed(1),
    decile.hits.toFixed(1),
    percent(decile.rate),
    range(decile.low, decile.high, percent),
    percent(decile.meanScore),
    decile.lift.toFixed(2),
    percent(decile.capture),
  ]);
  const head = [
    words.decile,
    'n',
    words.hits,
    words.observed,
    '95 % (Wilson)',
    words.predicted,
    words.lift,
    words.capture,
  ];
  return `${words.deciles}\n${textTable(head, rows, rightAfterFirst(head.length))}`;
}

function calibrationText({ calibration }: BacktestFigures, words: BacktestWords): string {
  if (!calibration) return words.noCalibration;
  const { slope, intercept, inTheLarge, expected, observed } = calibration;
  const estimate = ({ value, standardError }: { value: number; standardError: number }) =>
    `${three(value)} (± ${three(standardError)})`;
  return `${words.calibration}: ${words.slope} ${estimate(slope)}, ${words.intercept} ${estimate(intercept)}, ${words.inTheLarge} ${estimate(inTheLarge)}; ${words.predicted} ${percent(expected)}, ${words.observed} ${percent(observed)}`;
}

function months({ months }: BacktestFigures, words: BacktestWords): string {
  const rows = months.map(({ month, n, hits, observed, expected, auc }) => [
    month,
    String(n),
    String(hits),
    percent(observed),
    percent(expected),
    expected > 0 ? (observed / expected).toFixed(2) : '–',
    auc ? three(auc.value) : '–',
    auc ? range(auc.low, auc.high, three) : '–',
  ]);
  const head = [words.month, 'n', words.hits, words.observed, words.predicted, words.ratio, 'AUC', '95 %'];
  return `${words.drift}\n${textTable(head, rows, rightAfterFirst(head.length))}`;
}

function features({ model }: Backtest, words: BacktestWords): string {
  const rows = model.shares
    .toSorted((a, b) => b.share - a.share)
    .slice(0, 12)
    .map(({ feature, share }) => [feature, percent(share)]);
  return `${words.shares}\n${textTable([words.feature, words.share], rows, ['left', 'right'])}`;
}

const rightAfterFirst = (length: number): Align[] =>
  Array.from({ length }, (_, column) => (column === 0 ? 'left' : 'right'));
