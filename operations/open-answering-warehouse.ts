import {
  type Environment,
  isConnectionError,
  type OpenOptions,
  openWarehouse,
  type Warehouse,
} from '@hengjian/warehouse';
import { whyAway } from './status/status-away.ts';
import { WarehouseAwayError } from './warehouse-away-error.ts';

export interface AnsweringOptions extends Omit<OpenOptions, 'dataDir' | 'url'> {
  /** For whoever starts together with a server: one that refuses connections is tried for 15 seconds more. */
  patient?: boolean;
}

/**
 * Opens the warehouse, or says soon that it is away: one that keeps connections open and says nothing would be waited for
 * for minutes. Only the beginning is judged so; what runs afterwards takes its time.
 * @throws WarehouseAwayError
 */
export async function openAnsweringWarehouse(
  environment: Environment,
  { patient = false, ...options }: AnsweringOptions = {},
): Promise<Warehouse> {
  const { dataDir, clickhouseUrl: url } = environment;
  const away: (Error & { code?: string }) | undefined = await whyAway(environment);
  if (away && !(patient && away.code !== 'ETIMEDOUT')) throw new WarehouseAwayError(environment, away);
  try {
    return await openWarehouse({ ...options, dataDir, url });
  } catch (error) {
    throw isConnectionError(error) ? new WarehouseAwayError(environment, error as Error) : error;
  }
}
