import { dropAside, fencedWarehouse, takeLease, type Warehouse } from '@hengjian/warehouse';

/**
 * One refresh at a time over all processes that share the warehouse. Waits for its turn, runs `job`, and lets go.
 *
 * @param job is given the warehouse as the holder of the lease may use it: once another one has taken over, its statements are refused
 * @throws when `waitMs` pass without a turn; TakenOverError
 */
export async function withRefreshLease<T>(
  warehouse: Warehouse,
  job: (fenced: Warehouse) => Promise<T>,
  waitMs = 600_000,
): Promise<T> {
  const lease = await takeLease(warehouse, { kind: 'refresh' }, { waitMs });
  try {
    const fenced = fencedWarehouse(warehouse, lease, 'refresh');
    await dropAside(fenced);
    return await job(fenced);
  } catch (error) {
    // Where a rival took over, whatever failed then failed because of it.
    await lease.check();
    throw error;
  } finally {
    await lease.end();
  }
}
