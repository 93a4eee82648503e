import { tableauItems } from '@hengjian/models/ruleset/rate-pages.ts';
import { formatQuarter } from '#lib/i18n/format.ts';
import { namedIn } from '#lib/i18n/named-in.ts';
import { translate } from '#lib/i18n/translate.ts';
import { rateMatrix, readRateSorting } from '#lib/rates/rate-matrix.ts';
import { quarterRules } from '#lib/server/quarter-rules.ts';
import { ratePageOf } from '#lib/server/rate-page.ts';
import { refuse } from '#lib/server/refuse.ts';
import { tableauCards } from '#lib/tableau/tableau-cards.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url, depends }) => {
  depends('hengjian:data');
  const { figures, locale, scope } = locals;
  const name = translate(locale, 'shell.nav.tableau');
  const { quarters, quarter, present } = await ratePageOf(locals, url, 'tableau');
  const nothing = { title: name, quarters, quarter, present, tableau: undefined };
  if (!present || !quarter) return nothing;
  const [scores, items] = await Promise.all([figures.scores(quarter), figures.items(quarter)]);
  if (!scores.ok) refuse(locals, scores, { quarter });
  const units = namedIn(locale, scores.value.units);
  const wanted = tableauItems(quarterRules(locals, quarter)).filter(({ item }) =>
    items.some((column) => column.item === item),
  );
  const columns = wanted.flatMap(({ item }) => items.filter((column) => column.item === item));
  const sorting = readRateSorting(
    url.searchParams,
    columns.map(({ item }) => item),
  );
  const names = new Map(units.map((unit) => [unit.unit, unit.name]));
  return {
    ...nothing,
    title: `${formatQuarter(locale, quarter)} ${name}`,
    tableau: {
      // A sum over a part of the units would be taken for that of all.
      cards: scope.units === 'all' && scope.areas === 'all' ? tableauCards(units, wanted) : [],
      columns,
      sorting,
      rows: rateMatrix(units, columns, sorting),
      silent: scope.areas === 'all' ? await silentUnits(locals, quarter, wanted, names) : undefined,
    },
  };
};

/** Units that entered nothing, as the lead's lost rows name them; undefined where the reader sees no lead. */
async function silentUnits(
  { figures }: App.Locals,
  quarter: string,
  wanted: ReturnType<typeof tableauItems>,
  names: ReadonlyMap<string, string>,
): Promise<string[] | undefined> {
  const item = wanted.find(({ measure }) => measure === 'department_coverage')?.item;
  const scores = await figures.scores(quarter);
  const lead = scores.ok
    ? scores.value.units.find(({ items }) => items.some((score) => score.item === item && score.denominator))
    : undefined;
  if (!item || !lead) return undefined;
  const explained = await figures.explanation(quarter, lead.unit, item);
  return explained.ok ? explained.value.lost.map(({ key }) => names.get(key) ?? key) : undefined;
}
