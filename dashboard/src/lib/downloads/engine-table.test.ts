import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { engineTable } from './engine-table.ts';

test.each([
  ['parquet', 'Parquet'],
  ['arrow', 'Arrow'],
] as const)('the warehouse writes %s of a statement as it reads', async (extension, format) => {
  const asked: unknown[] = [];
  const stream = async (...query: unknown[]) => {
    asked.push(query);
    return Readable.from([Buffer.from('bytes')]);
  };
  const parts = { reader: { stream } } as unknown as Parameters<typeof engineTable>[0];
  const answer = await engineTable(parts, extension, { sql: 'SELECT 1', params: { a: 1 } }, '核对');
  expect(asked).toEqual([[`SELECT 1\nFORMAT ${format}`, { a: 1 }, expect.anything()]]);
  expect(answer.headers.get('content-disposition')).toContain(encodeURIComponent(`核对.${extension}`));
  expect(await answer.text()).toBe('bytes');
});
