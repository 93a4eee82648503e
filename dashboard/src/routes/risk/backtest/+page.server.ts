import { statisticText } from '@hengjian/contract/statistic-text.ts';
import {
  calibrationText,
  decileTable,
  featureTable,
  headlineTable,
  monthTable,
  periodTable,
} from '@hengjian/models/risk/backtest/backtest-tables.ts';
import { BACKTEST_WORDS } from '@hengjian/models/risk/backtest/backtest-words.ts';
import { CommandError } from '@hengjian/warehouse';
import { error } from '@sveltejs/kit';
import { formatCount } from '#lib/i18n/format.ts';
import type { Locale } from '#lib/i18n/locale.ts';
import { translate } from '#lib/i18n/translate.ts';
import { districtBacktest } from '#lib/server/district-backtest.ts';
import { holdMay } from '#lib/server/hold-may.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, depends }) => {
  holdMay(locals, 'tiers');
  depends('hengjian:data');
  const { locale } = locals;
  const title = translate(locale, 'risk.backtest.title');
  try {
    const answer = await districtBacktest(locals);
    if (!answer.ok) error(403, translate(locale, 'draws.limited'));
    if (answer.value === 'few') return { title, problem: translate(locale, 'risk.backtest.few') };
    return { title, shown: shownOf(locale, answer.value) };
  } catch (cause) {
    if (!(cause instanceof CommandError)) throw cause;
    return { title, problem: translate(locale, 'risk.backtest.failed', { detail: cause.message }) };
  }
};

type Tested = Exclude<Extract<Awaited<ReturnType<typeof districtBacktest>>, { ok: true }>['value'], 'few'>;

/** Tables in the reader's words; the files that they were read from are nobody's business. */
function shownOf(locale: Locale, backtest: Tested) {
  const language = locale === 'en' ? 'en' : 'zh';
  const words = BACKTEST_WORDS[language];
  const { figures } = backtest;
  const { head, rows } = periodTable(backtest, words);
  const withoutFile = (row: string[]) => row.filter((_, column) => column !== 1);
  const periods = { head: withoutFile(head), rows: rows.map(withoutFile) };
  const section = (id: string, name: string, table: { head: string[]; rows: string[][] }) => ({ id, name, ...table });
  return {
    tables: [
      ...(figures
        ? [section('headline', translate(locale, 'risk.backtest.headline'), headlineTable(figures, words))]
        : []),
      section('periods', translate(locale, 'risk.backtest.periods'), periods),
      ...(figures
        ? [
            section('deciles', words.deciles, decileTable(figures, words)),
            section('months', words.drift, monthTable(figures, words)),
          ]
        : []),
      section('features', words.shares, featureTable(backtest, words)),
    ],
    calibration: figures ? calibrationText(figures, words) : words.oneClass,
    weighted: translate(locale, 'risk.backtest.weighted', {
      drawn: formatCount(locale, backtest.weighted.byRecord),
      realised: formatCount(locale, backtest.weighted.realised),
    }),
    stability: translate(locale, 'risk.backtest.stability', { psi: statisticText(backtest.stability, 3) }),
    warnings: backtest.warnings.map((warning) => warning[language]),
    warningsTitle: words.warnings,
  };
}
