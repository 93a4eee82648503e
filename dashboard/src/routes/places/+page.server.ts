import { type PlaceFigure, placeFigures } from '@hengjian/models/queries/places.ts';
import { readUnitKinds } from '@hengjian/models/queries/read-unit-kinds.ts';
import { formatQuarter } from '#lib/i18n/format.ts';
import { namedIn } from '#lib/i18n/named-in.ts';
import { translate } from '#lib/i18n/translate.ts';
import { placeRows } from '#lib/places/place-rows.ts';
import { smallBelow } from '#lib/places/small-below.ts';
import { quarterRules } from '#lib/server/quarter-rules.ts';
import { ratePageOf } from '#lib/server/rate-page.ts';
import { refuse } from '#lib/server/refuse.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url, depends }) => {
  depends('hengjian:data');
  const { locale, figures, scope, ruleset } = locals;
  const name = translate(locale, 'shell.nav.places');
  const { quarters, quarter, entry, present } = await ratePageOf(locals, url, 'places');
  if (!present || !quarter || !entry) return { title: name, quarters, quarter, present, limited: false, tables: [] };
  const [scores, items, kinds] = await Promise.all([
    figures.scores(quarter),
    figures.items(quarter),
    readUnitKinds(figures.warehouse, entry.ruleset.hash),
  ]);
  if (!scores.ok) refuse(locals, scores, { quarter });
  const { units: scored, tables = [] } = scores.value;
  const units = namedIn(locale, scored);
  const limited = scope.areas !== 'all';
  // Without area limits the figures of the scores themselves, ranked among all units.
  const all: PlaceFigure[] = limited
    ? await figures.rows(placeFigures(scope, 'unit', { ruleset, quarter, unit: '' }))
    : units.flatMap(({ unit, items: own }) =>
        own.flatMap(({ item, numerator, denominator, on_time, rank = null }) =>
          denominator ? [{ place: unit, item, numerator: numerator ?? 0, denominator, on_time, rank }] : [],
        ),
      );
  const small = smallBelow(quarterRules(locals, quarter));
  const order = units.map(({ unit }) => unit);
  return {
    title: `${formatQuarter(locale, quarter)} ${name}`,
    quarters,
    quarter,
    present,
    limited,
    tables: namedIn(locale, tables).map(({ id, name: title, clause, items: some }) => {
      const columns = items.filter(({ item }) => some.includes(item));
      const rows = placeRows(
        all.filter(({ item }) => some.includes(item)),
        columns.map(({ item }) => item),
        small,
        order,
      );
      return {
        id,
        name: title,
        clause,
        columns,
        groups: (['county', 'park', 'department'] as const).map((kind) => ({
          kind,
          rows: rows.filter(({ place }) => (kinds.get(place) ?? 'department') === kind),
        })),
      };
    }),
    names: Object.fromEntries(units.map((unit) => [unit.unit, unit.name])),
  };
};
