/** The port is chosen a second before the engine listens on it: another process may have taken it by then. */
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { expect, test, vi } from 'vitest';
import { temporaryWarehouse } from '../testing.ts';
import { freePort } from './free-port.ts';

vi.mock(import('./free-port.ts'), async (original) => {
  const actual = await original();
  return { ...actual, freePort: vi.fn(actual.freePort) };
});

test('an engine whose port was taken meanwhile listens on another', async () => {
  const taker = createServer().listen(0, '127.0.0.1');
  await once(taker, 'listening');
  const { port } = taker.address() as AddressInfo;
  vi.mocked(freePort).mockResolvedValueOnce(port);
  const { engine, warehouse, close } = await temporaryWarehouse();
  expect(engine.access.url).not.toBe(`http://127.0.0.1:${port}`);
  expect(await warehouse.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
  expect(engine.restarts()).toBe(0);
  await close();
  taker.close();
});
