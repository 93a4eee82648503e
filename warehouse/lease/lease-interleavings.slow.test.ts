/** The lease in every order that a scheduler gives its statements, on a real engine whose clock jumps. */
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openWarehouse } from '../open-warehouse.ts';
import { type TemporaryWarehouse, temporaryWarehouse } from '../testing.ts';
import type { Params, Warehouse } from '../warehouse.ts';
import { type Lease, takeLease } from './lease.ts';
import { areRivals, type LeaseClaim, RIVAL_ROWS, rivalParams } from './lease-kinds.ts';

let temporary: TemporaryWarehouse;
let server: Warehouse;
beforeAll(async () => {
  temporary = await temporaryWarehouse();
  server = await openWarehouse({ url: temporary.url });
  await server.command('CREATE TABLE written (holder UInt8) ENGINE = MergeTree ORDER BY holder');
});
beforeEach(() => server.command('TRUNCATE TABLE leases'));
afterAll(async () => {
  await server?.close();
  await temporary?.close();
});

const CLAIMS: LeaseClaim[] = [
  { kind: 'refresh', topic: '', cluster: '' },
  { kind: 'edge', topic: '', cluster: '' },
  { kind: 'import', topic: '', cluster: '' },
  { kind: 'scheduler', topic: '', cluster: '' },
  { kind: 'worker', topic: 'one', cluster: 'a' },
  { kind: 'worker', topic: 'one', cluster: 'b' },
  { kind: 'worker', topic: 'two', cluster: 'a' },
];

test('the engine and the program agree about who are rivals', async () => {
  for (const one of CLAIMS)
    for (const other of CLAIMS) {
      const [row] = await server.query<{ rivals: number }>(
        `SELECT ${RIVAL_ROWS} AS rivals FROM (SELECT {kind:String} AS kind, {topic:String} AS topic, {cluster:String} AS cluster)`,
        { ...rivalParams(one), ...other },
      );
      expect([one, other, row!.rivals === 1]).toEqual([one, other, areRivals(one, other)]);
    }
});

/** What happens, in the order in which the engine took it. */
type Step = { claim: LeaseClaim; token: string; what: 'began' | 'wrote' };

interface Holder {
  claim: LeaseClaim;
  waitMs: number;
  writes: number;
  /** Killed after its writes: it never says that it has ended. */
  dies: boolean;
}

const holders: fc.Arbitrary<Holder[]> = fc.array(
  fc.record({
    // Two thirds ask for what excludes itself, the rest for anything.
    claim: fc.oneof(
      { weight: 2, arbitrary: fc.constantFrom(CLAIMS[0]!, CLAIMS[1]!) },
      { weight: 1, arbitrary: fc.constantFrom(...CLAIMS) },
    ),
    waitMs: fc.constantFrom(0, 700),
    writes: fc.integer({ min: 1, max: 4 }),
    dies: fc.boolean(),
  }),
  { minLength: 2, maxLength: 5 },
);
/** Seconds by which the server's clock is set, each at some moment: all holders are silent then, or of the future. */
const jumps = fc.array(fc.constantFrom(30, 30, 3_600, -3_600), { maxLength: 4 });

test('no rival writes once a later one has begun', { timeout: 600_000 }, async () => {
  let overtaken = 0;
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), holders, jumps, async (scheduler, all, clock) => {
      await server.command('TRUNCATE TABLE leases');
      const history: Step[] = [];
      let skew = 0;
      const turn = (label: string) => scheduler.schedule(Promise.resolve(), label);
      const jumped = (sql: string) => sql.replaceAll('now64(6)', `(now64(6) + toIntervalSecond(${skew}))`);
      const interleaved = (label: string): Warehouse => ({
        ...server,
        command: (sql: string, params?: Params) => turn(label).then(() => server.command(jumped(sql), params)),
        query: <T>(sql: string, params?: Params) => turn(label).then(() => server.query<T>(jumped(sql), params)),
        insert: (table, rows, options) => turn(label).then(() => server.insert(table, rows, options)),
      });
      const run = async ({ claim, waitMs, writes, dies }: Holder, index: number) => {
        const warehouse = interleaved(`${index} ${claim.kind}`);
        const lease: Lease | undefined = await takeLease(warehouse, claim, { waitMs }).catch(() => undefined);
        if (!lease) return;
        const step = { claim, token: lease.token };
        history.push({ ...step, what: 'began' });
        for (let n = 0; n < writes; n += 1) {
          const taken = await warehouse.insert('written', [{ holder: index }], { guard: lease.guard }).then(
            () => true,
            () => false,
          );
          if (taken) history.push({ ...step, what: 'wrote' });
          else overtaken += 1;
        }
        if (!dies) await lease.end();
      };
      const clockRuns = async () => {
        for (const seconds of clock) {
          await turn('clock');
          skew += seconds;
        }
      };
      await scheduler.waitFor(Promise.all([...all.map(run), clockRuns()]));
      for (const [place, step] of history.entries())
        if (step.what === 'wrote')
          for (const earlier of history.slice(0, place))
            if (areRivals(step.claim, earlier.claim))
              expect(Number(step.token)).toBeGreaterThanOrEqual(Number(earlier.token));
    }),
    { numRuns: 40 },
  );
  // The orders that matter did come up.
  expect(overtaken).toBeGreaterThan(0);
});
