import type { Warehouse } from '@hengjian/warehouse';

export interface FigureVersion {
  /** Differs whenever a refresh or a publication has ended, or ranges of ranks were computed. */
  version: string;
  /** "ruleset quarter" of each quarter that is published: only a correction changes its figures. */
  closed: string[];
}

/** What the figures of all builds and publications rest on. Undefined before the first refresh, when there are none. */
export async function readFigureVersion(warehouse: Pick<Warehouse, 'query'>): Promise<FigureVersion | undefined> {
  try {
    // A build is shown by its row in `builds`, a publication by its row in `publications`; each is written last.
    const [row] = await warehouse.query<FigureVersion>(
      `SELECT concat(
         (SELECT concat(toString(count()), '.', toString(max(build)), '.', toString(max(refreshed_at))) FROM refreshes), '.',
         (SELECT concat(toString(count()), '.', toString(max(build))) FROM builds), '.',
         (SELECT concat(toString(count()), '.', toString(groupBitXor(cityHash64(publication, number, status, rows_from, recorded_at)))) FROM publications), '.',
         (SELECT toString(max(computed_at)) FROM rank_ranges)
       ) AS version,
       (SELECT groupUniqArray(concat(ruleset, ' ', quarter)) FROM publications) AS closed`,
    );
    return row;
  } catch (error) {
    if ((error as { type?: string }).type === 'UNKNOWN_TABLE') return undefined;
    throw error;
  }
}
