import type { Scope } from '@hengjian/contract/scope.ts';
import type { Warehouse } from '@hengjian/warehouse';
import { bindingOf, measuresOf } from '../ruleset/bindings.ts';
import type { RuleSet } from '../ruleset/rule-set.ts';
import type { EventKey } from './read-voids.ts';
import { scopeCondition } from './scope-condition.ts';

export interface LedgerRow {
  quarter: string;
  unit: string;
  /** Ids of the items that count it. */
  items: string[];
  key: string;
  done: number;
}

const MOST = 50;

/** The rows of the ledger that an event stands behind, as of the last refresh: what was due because of it, or done by it. */
export async function readLedgerRows(
  warehouse: Warehouse,
  scope: Scope,
  ruleSet: RuleSet,
  { source, id }: EventKey,
): Promise<LedgerRow[]> {
  const visible = scopeCondition(scope, 'office_entries', { unit: 'o.unit' });
  try {
    const rows = await warehouse.query<Omit<LedgerRow, 'items'> & { measure: string }>(
      `SELECT o.quarter AS quarter, o.unit AS unit, o.measure AS measure, o.key AS key, o.done AS done FROM int_obligations AS o
       WHERE o.ruleset = {ruleset:String} AND o.event_id = {id:String} AND o.event_source = {source:String} AND ${visible.sql}
       ORDER BY quarter DESC, unit, key LIMIT ${MOST}`,
      { ...visible.params, ruleset: ruleSet.id, source, id },
    );
    return rows.map(({ measure, ...row }) => ({ ...row, items: itemsThatCount(ruleSet, measure) }));
  } catch (error) {
    // Before the first refresh there are no models yet.
    if ((error as { type?: string }).type === 'UNKNOWN_TABLE') return [];
    throw error;
  }
}

/** @param ledgerName of a measure, as the ledger has it */
function itemsThatCount({ data, catalogue }: RuleSet, ledgerName: string): string[] {
  return data.items
    .filter(({ id, parts }) =>
      parts
        .flatMap((part) => measuresOf(catalogue, part))
        .some((measure) => bindingOf(catalogue.measures, measure, id).id === ledgerName),
    )
    .map(({ id }) => id);
}
