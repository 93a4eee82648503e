/** Publications made before publications were events: shown as they were, and carried into the chain before the next one. */
import type { Warehouse } from '@hengjian/warehouse';
import { copyFromEarlier } from './companion-rows.ts';
import type { Publication } from './read-chain.ts';

export interface EarlierPublication {
  publication: string;
  quarter: string;
  number: number;
  published_at: string;
  ruleset: string;
  version: string;
  hash: string;
  ruleset_text: string;
  cutoff: string | null;
  as_of: string;
}

/** Those that are not in the chain, in the order in which they were published. */
export async function findEarlier(warehouse: Warehouse, chain: readonly Publication[]): Promise<EarlierPublication[]> {
  const rows = await warehouse.query<EarlierPublication>(
    `SELECT publication, quarter, number, toString(e.published_at) AS published_at, ruleset, version, hash, ruleset_text,
       toString(e.cutoff) AS cutoff, toString(e.as_of) AS as_of
     FROM earlier_publications AS e ORDER BY e.published_at, quarter, number`,
  );
  return rows.filter(
    (row) =>
      !chain.some(
        ({ record, snapshot }) =>
          record.quarter === row.quarter && record.number === row.number && snapshot.ruleset.id === row.ruleset,
      ),
  );
}

/** Under its own id and sequence 0: it has no place in the chain yet. */
export async function showEarlier(warehouse: Warehouse, { publication }: EarlierPublication): Promise<void> {
  await copyFromEarlier(warehouse, publication, publication);
  await warehouse.command(
    `INSERT INTO publications (publication, sequence, quarter, number, status, published_at, ruleset, version, hash, ruleset_text, cutoff, as_of, rows_from, recorded_at)
     SELECT publication, 0, quarter, number, status, published_at, ruleset, version, hash, ruleset_text, cutoff, as_of, 'earlier', published_at
     FROM earlier_publications WHERE publication = {publication:UUID}`,
    { publication },
  );
}
