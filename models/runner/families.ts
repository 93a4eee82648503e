/** References to whole families of files: the measures a rule set uses, and what each kind of part adds. */
import type { Binding } from '../ruleset/bindings.ts';
import type { Catalogue } from '../ruleset/catalogue.ts';
import type { Model } from './model.ts';

/** What a family's members give, in this order, so that they can stand under each other. */
const KIND_FAMILIES = {
  kind_shares: {
    ending: 'share',
    columns: 'unit, item, part, a, b, formula, numerator, denominator, timed, badges',
  },
  kind_losses: {
    ending: 'lost',
    columns:
      'unit, item, measure, clause, lost_late, lost_missed, counts_late, counts_missed, late_points, missed_points',
  },
  kind_absences: { ending: 'absent', columns: 'unit, item, lost, key, event_source, event_id, clause, points' },
} as const;

export const FAMILIES: readonly string[] = ['measures', ...Object.keys(KIND_FAMILIES)];

/** The models a reference to a family reads; of measures, all there are. */
export function familyMembers(family: string, catalogue: Catalogue): readonly Model[] {
  if (family === 'measures') return [...catalogue.measures.values()];
  const { ending } = KIND_FAMILIES[family as keyof typeof KIND_FAMILIES];
  return catalogue.kindModels.filter(({ name }) =>
    [...catalogue.kinds.keys()].some((kind) => name === `${kind}_${ending}`),
  );
}

/** One SELECT of all members of a kind's family. `sqlOf` gives the SQL of one. */
export function kindFamilySql(family: string, catalogue: Catalogue, sqlOf: (model: Model) => string): string {
  const { columns } = KIND_FAMILIES[family as keyof typeof KIND_FAMILIES];
  return familyMembers(family, catalogue)
    .map((model) => `SELECT ${columns} FROM (\n${sqlOf(model)}\n)`)
    .join('\nUNION ALL\n');
}

/** The ledger: every measure that is bound, under its name. `sqlOf` gives the SQL of a binding. */
export function ledgerSql(
  bindings: readonly Binding[],
  measures: ReadonlyMap<string, Model>,
  sqlOf: (measure: Model, binding: Binding) => string,
): string {
  return bindings
    .map((binding) => {
      const measure = measures.get(binding.measure)!;
      const amount = 'amount' in measure.columns ? 'toInt64(amount)' : 'toInt64(1)';
      const amountDone = 'amount_done' in measure.columns ? 'toInt64(amount_done)' : 'toInt64(done)';
      const variant = 'variant' in measure.columns ? 'toString(variant)' : "''";
      return `SELECT '${binding.id}' AS measure, toString(unit) AS unit, toString(key) AS key, toString(subject) AS subject, ${variant} AS variant,
  toString(event_source) AS event_source, event_id, CAST(due, 'Nullable(Date32)') AS due, happened,
  toUInt8(done) AS done, CAST(on_time, 'Nullable(UInt8)') AS on_time, ${amount} AS amount, ${amountDone} AS amount_done
FROM (\n${sqlOf(measure, binding)}\n)`;
    })
    .join('\nUNION ALL\n');
}
