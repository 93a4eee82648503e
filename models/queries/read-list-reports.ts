/** Who has sent the lists of a quarter, by the lists that the rule set asks for and the duties of each unit. */
import type { Scope } from '@hengjian/contract/scope.ts';
import type { Warehouse } from '@hengjian/warehouse';
import type { RuleSet } from '../ruleset/rule-set.ts';
import { type Entry, readEntries } from './read-entries.ts';

export interface ListReport {
  unit: string;
  /** Kind of the list. */
  kind: string;
  /** The latest that stands; undefined: none was sent. */
  report: Entry | undefined;
}

/** More lists of one quarter than anybody sends. */
const MOST = 5_000;

/** In the order of the rule set's units; none where it asks for no lists. */
export async function readListReports(
  warehouse: Warehouse,
  scope: Scope,
  ruleSet: RuleSet,
  quarter: string,
): Promise<ListReport[]> {
  const owed = listDuties(ruleSet).filter(({ unit }) => scope.units === 'all' || scope.units.includes(unit));
  if (owed.length === 0) return [];
  const reports = await readEntries(warehouse, scope, 'unit_entries', ruleSet.id, {
    types: ['quarter_list.submitted'],
    since: `${quarter.slice(0, 4)}-01-01`,
    limit: MOST,
  });
  const standing = reports
    .filter(({ voided, data }) => voided === null && data.quarter === quarter)
    .sort((a, b) => (a.time < b.time ? 1 : a.time > b.time ? -1 : a.id < b.id ? 1 : -1));
  return owed.map(({ unit, kind }) => ({
    unit,
    kind,
    report: standing.find((one) => one.department === unit && one.data.kind === kind),
  }));
}

/** The lists that each unit owes each quarter. */
export function listDuties({ data }: Pick<RuleSet, 'data'>): { unit: string; kind: string }[] {
  return data.units.flatMap(({ id, duties }) => {
    const held = duties.map((duty) => (typeof duty === 'string' ? duty : duty.duty));
    return (data.registers ?? [])
      .filter(({ entries }) => entries.some(({ duty }) => held.includes(duty)))
      .map(({ list }) => ({ unit: id, kind: list }));
  });
}
