import { expect, test } from 'vitest';
import { correctionsSince } from './corrections-since.ts';
import type { Publication } from './read-chain.ts';

/** `2025-04/2` is the correction of April; under another rule set with `other:` before it. */
function chainOf(...names: string[]): Publication[] {
  return names.map((name, index) => {
    const [ruleset, about] = name.includes(':') ? name.split(':') : ['monthly', name];
    const [quarter, number = '1'] = about!.split('/');
    return {
      recordSha256: name,
      snapshot: { ruleset: { id: ruleset } },
      record: {
        sequence: index + 1,
        quarter,
        number: Number(number),
        kind: number === '1' ? 'published' : 'corrected',
      },
    } as unknown as Publication;
  });
}

function told(chain: Publication[], name: string, ...issued: string[]): string[] {
  const publication = chain.find(({ recordSha256 }) => recordSha256 === name)!;
  return correctionsSince(chain, publication, issued).map(({ quarter, number }) => `${quarter}/${number}`);
}

test('the first circular of a month lists no correction of quarters, years, other rule sets', () => {
  const chain = chainOf('2025Q1', '2025Q1/2', '2024', '2024/2', 'other:2025-03', 'other:2025-03/2', '2025-04');
  expect(told(chain, '2025-04')).toEqual([]);
  expect(told(chain, '2025-04', '2025Q1', '2024')).toEqual([]);
});

test.each([
  ['months', '2025-04', '2025-05', '2025-06'],
  ['quarters', '2025Q1', '2025Q2', '2025Q3'],
  ['years', '2023', '2024', '2025'],
])('of %s it lists those since the circular before, and no correction twice', (_, one, two, three) => {
  const chain = chainOf(one, `${one}/2`, two, `${one}/3`, `${two}/2`, three);
  expect(told(chain, three, one, two)).toEqual([`${one}/3`, `${two}/2`]);
  expect(told(chain, two, one, two)).toEqual([`${one}/2`]);
  // A circular of the correction itself says so, and the next one need not.
  expect(told(chain, `${two}/2`, one, two, `${two}/2`)).toEqual([`${one}/3`, `${two}/2`]);
  expect(told(chain, three, one, two, `${two}/2`)).toEqual([]);
  // Where none was issued, the publication before stands for it.
  expect(told(chain, three)).toEqual([`${one}/3`, `${two}/2`]);
  expect(told(chain, `${one}/2`)).toEqual([`${one}/2`]);
});

test('what is issued afterwards changes no circular', () => {
  const chain = chainOf('2025-04', '2025-04/2', '2025-05');
  expect(told(chain, '2025-05', '2025-05')).toEqual(['2025-04/2']);
  expect(told(chain, '2025-05', '2025-05', '2025-04/2', '2025-05')).toEqual(['2025-04/2']);
});

test('a period without a publication is passed over; a later period that was published earlier is none before', () => {
  const chain = chainOf('2025-04', '2025-06', '2025-06/2', '2025-04/2', '2025-05', '2025-05/2');
  expect(told(chain, '2025-05/2')).toEqual(['2025-06/2', '2025-04/2', '2025-05/2']);
  expect(told(chainOf('2025-02', '2025-04', '2025-02/2', '2025-05'), '2025-05')).toEqual(['2025-02/2']);
});
