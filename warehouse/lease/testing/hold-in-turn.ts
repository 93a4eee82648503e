/** For tests: a process that takes the lease, writes a few rows under it, lets go, and begins again, until it is killed. */
import { setTimeout as pause } from 'node:timers/promises';
import { openWarehouse } from '../../open-warehouse.ts';
import { takeLease } from '../lease.ts';

const ROWS = 5;

const warehouse = await openWarehouse({ url: process.env.CLICKHOUSE_URL! });
for (;;) {
  const lease = await takeLease(warehouse, { kind: 'refresh' }, { waitMs: 600_000 });
  try {
    for (let n = 0; n < ROWS; n += 1) {
      const row = { token: lease.token, process: process.pid, n };
      await warehouse.insert('written', [row], { guard: lease.guard });
      // Where it is frozen most of the time: between two of its statements.
      await pause(20);
    }
  } catch (error) {
    console.log(lease.lost.aborted ? 'lost' : (error as Error).message);
  }
  await lease.end();
}
