/** The tables of a back-test, for the terminal and for the page. */
import { statisticText } from '@hengjian/contract/statistic-text.ts';
import type { BacktestFigures } from './backtest-figures.ts';
import type { BacktestWords } from './backtest-words.ts';
import type { Backtest, Period } from './run-backtest.ts';

export interface BacktestTable {
  head: string[];
  rows: string[][];
}

const percent = (share: number, digits = 1): string => `${statisticText(100 * share, digits)} %`;
const range = (low: number, high: number, show: (value: number) => string): string => `${show(low)}–${show(high)}`;
const three = (value: number): string => statisticText(value, 3);

export function periodTable({ train, test }: Pick<Backtest, 'train' | 'test'>, words: BacktestWords): BacktestTable {
  const line = (name: string, { file, rows, from, to, hits }: Period, known: boolean) => [
    name,
    file,
    `${from} … ${to}`,
    String(rows),
    known ? String(hits) : '–',
  ];
  const known = test.hits > 0;
  return {
    head: ['', words.file, words.period, words.rows, words.hits],
    rows: [line(words.train, train, true), line(words.test, test, known)],
  };
}

export function headlineTable(figures: BacktestFigures, words: BacktestWords): BacktestTable {
  const { auc, brier, daysEarlier, compared, deciles } = figures;
  const rows = [
    ['n', String(figures.n), `${words.hits} ${figures.hits} (${percent(figures.baseRate)})`],
    ['AUC', three(auc.value), `95 % ${range(auc.low, auc.high, three)} (DeLong)`],
    ...(compared ? [[words.comparedAuc, three(compared.auc.value), differenceText(compared.difference, words)]] : []),
    [words.topLift, statisticText(deciles[0]!.lift, 2), `${words.capture} ${percent(deciles[0]!.capture)}`],
    [
      words.earlier,
      statisticText(daysEarlier.mean, 2),
      words.earlierNote(daysEarlier.median, daysEarlier.earlier, daysEarlier.later),
    ],
    [
      words.firstHalf,
      percent(daysEarlier.firstHalf.reordered),
      `${words.actually} ${percent(daysEarlier.firstHalf.actual)}`,
    ],
    [
      'Brier',
      statisticText(brier.value, 4),
      `${words.skill} ${brier.skill === undefined ? '–' : percent(brier.skill)} (${words.reference} ${statisticText(brier.reference, 4)})`,
    ],
  ];
  return { head: [words.figure, words.value, ''], rows };
}

function differenceText(
  difference: NonNullable<BacktestFigures['compared']>['difference'],
  words: BacktestWords,
): string {
  if (!difference) return words.sameOrder;
  return `${words.difference} ${three(difference.value)}, 95 % ${range(difference.low, difference.high, three)}, z ${statisticText(difference.z, 2)}`;
}

export function decileTable({ deciles }: BacktestFigures, words: BacktestWords): BacktestTable {
  const rows = deciles.map((decile) => [
    String(decile.group),
    statisticText(decile.n, 1),
    statisticText(decile.hits, 1),
    percent(decile.rate),
    range(decile.low, decile.high, percent),
    percent(decile.meanScore),
    statisticText(decile.lift, 2),
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
  return { head, rows };
}

export function calibrationText({ calibration }: BacktestFigures, words: BacktestWords): string {
  if (!calibration) return words.noCalibration;
  const { slope, intercept, inTheLarge, expected, observed } = calibration;
  const estimate = ({ value, standardError }: { value: number; standardError: number }) =>
    `${three(value)} (± ${three(standardError)})`;
  return `${words.calibration}: ${words.slope} ${estimate(slope)}, ${words.intercept} ${estimate(intercept)}, ${words.inTheLarge} ${estimate(inTheLarge)}; ${words.predicted} ${percent(expected)}, ${words.observed} ${percent(observed)}`;
}

export function monthTable({ months }: BacktestFigures, words: BacktestWords): BacktestTable {
  const rows = months.map(({ month, n, hits, observed, expected, auc }) => [
    month,
    String(n),
    String(hits),
    percent(observed),
    percent(expected),
    expected > 0 ? statisticText(observed / expected, 2) : '–',
    auc ? three(auc.value) : '–',
    auc ? range(auc.low, auc.high, three) : '–',
  ]);
  const head = [words.month, 'n', words.hits, words.observed, words.predicted, words.ratio, 'AUC', '95 %'];
  return { head, rows };
}

export function featureTable({ model }: Pick<Backtest, 'model'>, words: BacktestWords): BacktestTable {
  const rows = model.shares
    .toSorted((a, b) => b.share - a.share)
    .slice(0, 12)
    .map(({ feature, share }) => [feature, percent(share)]);
  return { head: [words.feature, words.share], rows };
}
