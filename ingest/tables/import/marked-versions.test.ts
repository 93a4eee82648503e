/** Of however many marks there are, few queries, each of fields that a request takes. */
import type { Warehouse } from '@hengjian/warehouse';
import { expect, test } from 'vitest';
import type { RecordMark } from '../rows/record-mark.ts';
import { markedVersions } from './marked-versions.ts';

const SOURCE = 'urn:city:credit';
/** Everything that is asked for is there, once of the source of the marks and once of another. */
function everythingStored() {
  const asked: Record<string, string[]>[] = [];
  const query = async (_: string, { types: __, ...fields }: Record<string, string[]>) => {
    asked.push(fields);
    return Object.values(fields)
      .flat()
      .flatMap((id) =>
        [SOURCE, 'urn:other'].map((source) => ({ source, id, department: 'scjg', time: 't', voided: false })),
      );
  };
  return { asked, warehouse: { query } as unknown as Pick<Warehouse, 'query'> };
}
const marksOf = (ids: readonly string[]): RecordMark[] =>
  ids.map((id, index) => ({ tableId: String(index), source: SOURCE, id }));

test.each([
  ['as systems write them', (index: number) => `5f3c1f0a-0000-4000-8000-${String(index).padStart(12, '0')}`, 2],
  ['as long as an id may be, each character written as nine', (index: number) => String(index).padEnd(64, '号'), 15],
])('ids %s', async (_, idOf, most) => {
  const { asked, warehouse } = everythingStored();
  const ids = Array.from({ length: 20_000 }, (_, index) => idOf(index));
  const versions = await markedVersions(warehouse, marksOf(ids), ['plan.filed']);
  expect(versions.map(({ id }) => id)).toEqual(ids.map((_, index) => String(index)));
  expect(new Set(versions.map(({ keptBy }) => keptBy))).toEqual(new Set([SOURCE]));
  expect(asked.length).toBeLessThanOrEqual(most);
  for (const fields of asked) {
    expect(Object.keys(fields).length).toBeLessThanOrEqual(12);
    for (const field of Object.values(fields))
      expect(encodeURIComponent(`['${field.join("','")}']`).length).toBeLessThan(128 * 1024);
  }
});

test('an id that no event can have is not looked for, and none is no query', async () => {
  const { asked, warehouse } = everythingStored();
  expect(await markedVersions(warehouse, marksOf(['x'.repeat(30_000)]), ['plan.filed'])).toEqual([]);
  expect(asked).toEqual([]);
});
