import { type Environment, openUnasked, type Warehouse } from '@hengjian/warehouse';
import { openAnsweringWarehouse } from '../open-answering-warehouse.ts';
import { WarehouseAwayError } from '../warehouse-away-error.ts';
import type { PartName } from './parts.ts';

/**
 * The warehouse of these parts. Edges in front of a log need nothing of it but keys, and remember those, so they begin also
 * while it is away; everything else would have nothing to do and waits for it.
 * @param warn told when edges begin without it
 */
export async function openForParts(
  parts: readonly PartName[],
  environment: Environment,
  warn: (message: string) => void,
): Promise<Warehouse> {
  const { clickhouseUrl: url, kafkaBrokers, dataDir } = environment;
  if (kafkaBrokers.length === 0 || parts.some((part) => part !== 'ingest'))
    return openAnsweringWarehouse(environment, { patient: true });
  try {
    return await openAnsweringWarehouse(environment);
  } catch (error) {
    if (!(error instanceof WarehouseAwayError)) throw error;
    warn(`${error.problem.text} The edge begins with the keys that it remembers; events wait in the log.`);
    return openUnasked({ url, dataDir });
  }
}
