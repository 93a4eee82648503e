import { expect, test } from 'vitest';
import { closeQuarter } from './close-quarter.ts';
import { correctQuarter } from './correct-quarter.ts';
import type { Publisher } from './publish.ts';

test('a reason that stands in a record for ever is refused with a number of a person, before anything is read', async () => {
  // Whatever is read or written of it throws another error.
  const publisher = { project: { ruleSet: { id: 'x', periods: ['quarter'] } } } as unknown as Publisher;
  const refused = { reason: 'numbers_in_reason' };
  await expect(closeQuarter(publisher, '2025Q2', '单位联系人13812345678要求')).rejects.toMatchObject(refused);
  await expect(correctQuarter(publisher, '2025Q2', '当事人110101199003077758更名')).rejects.toMatchObject(refused);
  await expect(correctQuarter(publisher, '2025Q2', '补录认领')).rejects.not.toMatchObject(refused);
});
