/** Tables of what was published, for other programs: the chain, a row a publication; a year, a row a unit and quarter. */
import { may } from '@hengjian/contract/permissions.ts';
import { holdsNumbers, maskNumbers } from '@hengjian/contract/personal-numbers.ts';
import type { Scope } from '@hengjian/contract/scope.ts';
import type { Warehouse } from '@hengjian/warehouse';
import type { YearScores } from '../scoring/score-year.ts';
import type { Statement } from './statement.ts';

export interface ChainRow {
  sequence: number;
  quarter: string;
  ruleset: string;
  version: string;
  kind: string;
  number: number;
  published_at: string;
  as_of: string;
  published_by: string;
  event_count: string;
  event_sha256: string;
  snapshot_sha256: string;
  record_sha256: string;
  reason: string;
}

/** Every publication in its order. A reason leaves without numbers of persons, whoever asks. */
export async function chainTable(warehouse: Warehouse, scope: Scope): Promise<Statement<ChainRow>> {
  const allowed = may(scope, 'publications');
  const noted = await warehouse.query<{ sequence: number; reason: string }>(
    `SELECT sequence, p.reason AS reason FROM publications AS p WHERE {allowed:Bool} AND match(p.reason, '[0-9０-９]')`,
    { allowed },
  );
  const masked = noted.filter(({ reason }) => holdsNumbers(reason));
  return {
    sql: `SELECT sequence, quarter, ruleset, version, status AS kind, number, published_at, as_of, published_by, event_count, event_sha256,
        snapshot_sha256, record_sha256,
        if(has({masked:Array(UInt32)}, p.sequence), {texts:Array(String)}[indexOf({masked:Array(UInt32)}, p.sequence)], p.reason) AS reason
      FROM publications AS p WHERE {allowed:Bool} ORDER BY sequence`,
    params: {
      allowed,
      masked: masked.map(({ sequence }) => sequence),
      texts: masked.map(({ reason }) => maskNumbers(reason)),
    },
  };
}

/** @param scores as `scoreYear` gave them, so within a scope already */
export function yearTable({ year, ruleset, units }: YearScores): Statement<object> {
  const rows = units.flatMap(({ unit, name, rank, total, total_exact, quarters }) =>
    quarters.map((own) => [unit, name, rank, total, total_exact, own.quarter, own.total]),
  );
  const form = 'Array(Tuple(String, String, UInt32, Float64, String, String, Float64))';
  return {
    sql: `SELECT {year:UInt16} AS year, {ruleset:String} AS ruleset, one.1 AS unit, one.2 AS unit_name, one.3 AS rank, one.4 AS year_total,
        one.5 AS year_total_exact, one.6 AS quarter, one.7 AS total
      FROM (SELECT arrayJoin(JSONExtract({rows:String}, '${form}')) AS one)`,
    params: { year, ruleset: ruleset.id, rows: JSON.stringify(rows) },
  };
}
