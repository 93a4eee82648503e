import { type TemporaryWarehouse, temporaryWarehouse } from '@hengjian/warehouse/testing.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { announce } from './announce.ts';
import { openLog } from './part-log.ts';

let temporary: TemporaryWarehouse;
beforeAll(async () => {
  temporary = await temporaryWarehouse();
});
afterAll(() => temporary.close());

const said = async (publicUrl: string | undefined) => {
  const lines: string[] = [];
  const { warehouse, dataDir } = temporary;
  const where = { dashboard: 'http://127.0.0.1:3000', ingest: undefined, publicUrl };
  await announce({
    ...where,
    warehouse,
    demo: false,
    seconds: 1,
    log: openLog(dataDir),
    print: (line) => lines.push(line),
  });
  return lines.join('\n');
};

test('behind a proxy the address to open and the sign-in link are the public ones', async () => {
  const text = await said('https://jd.example/hengjian');
  expect(text).toContain('看板   https://jd.example/hengjian   (behind a proxy, from http://127.0.0.1:3000)');
  expect(text).toMatch(/登录 {5}https:\/\/jd\.example\/hengjian\/sign-in\/[\w-]{43} {3}/);
});

test('without a public address they are those that are listened on', async () => {
  const text = await said(undefined);
  expect(text).toContain('看板   http://127.0.0.1:3000\n');
  expect(text).toMatch(/登录 {5}http:\/\/127\.0\.0\.1:3000\/sign-in\/[\w-]{43} {3}/);
});
