import { type Environment, openUnasked, type Warehouse } from '@hengjian/warehouse';
import { openAnsweringWarehouse } from '../open-answering-warehouse.ts';
import { WarehouseAwayError } from '../warehouse-away-error.ts';

/**
 * The warehouse of an edge in front of a log: from it the edge needs nothing but keys, and it remembers those, so it
 * begins also while the warehouse is away.
 * @param onAway called with the reason when it is
 */
export async function openForEdge(environment: Environment, onAway: (reason: string) => void): Promise<Warehouse> {
  try {
    return await openAnsweringWarehouse(environment);
  } catch (error) {
    if (!(error instanceof WarehouseAwayError)) throw error;
    onAway(error.problem.text);
    const { clickhouseUrl: url, dataDir } = environment;
    return openUnasked({ url, dataDir });
  }
}
