import type { Warehouse } from '../warehouse.ts';
import { type Lease, takeLease } from './lease.ts';
import type { LeaseClaim } from './lease-kinds.ts';

/**
 * For who writes events, and for a scheduler, which a restore must not write over. The embedded engine needs none: its data directory has one owner.
 * @throws CommandError naming who writes already
 */
export async function writerLease(
  warehouse: Warehouse,
  claim: Pick<LeaseClaim, 'kind'> & Partial<LeaseClaim>,
): Promise<Lease | undefined> {
  return warehouse.engine.startsWith('server') ? takeLease(warehouse, claim) : undefined;
}
