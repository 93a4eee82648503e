import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { expect, test } from 'vitest';
import { freePorts, isFree } from './free-port.ts';

test('ports found together differ; one that somebody listens on is not free', async () => {
  const ports = await freePorts(40);
  expect(new Set(ports).size).toBe(40);
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  expect(await isFree(port)).toBe(false);
  server.close();
});
