import { uscc } from '@hengjian/ingest/testing/arbitrary-event.ts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isUsccAt, usccCheckCharacter, usccProblem } from './uscc.ts';

/** domain.md §8 g-2: the textbook code and ten computed ones. */
const VALID = `91350100M000100Y43 91320100MA1XYWG030 91320600MA1DEM015E 91320671MA20DEM26Y 92320602MA1XYGH30C
  93530500MA6ABCD45G 91341282MA2PQRT546 91530502709530017A 92320115MA25KLM794 91320612138700050M 113206000142678068`.split(
  /\s+/,
);

test.each(VALID)('%s is valid', (code) => {
  expect(usccProblem(code)).toBeUndefined();
  expect(isUsccAt(Buffer.from(`"${code}"`), 1)).toBe(true);
});

test('every single substitution and every swap of neighbours is found', () => {
  for (const code of VALID) {
    for (let at = 0; at < 18; at += 1) {
      for (const other of '0123456789ABCDEFGHJKLMNPQRTUWXY')
        if (other !== code[at]) expect(usccProblem(code.slice(0, at) + other + code.slice(at + 1))).toBeDefined();
      const swapped =
        code.slice(0, at) +
        code
          .slice(at, at + 2)
          .split('')
          .reverse()
          .join('') +
        code.slice(at + 2);
      if (swapped !== code) expect(usccProblem(swapped), swapped).toBeDefined();
    }
  }
});

test('a sum that 31 divides gives 0, not 31', () => {
  fc.assert(
    fc.property(uscc, (code) => {
      expect(code).toHaveLength(18);
      expect(usccCheckCharacter(code)).toBe(code[17]);
    }),
  );
});

test('text and bytes are judged alike', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        uscc,
        fc.string({ unit: fc.constantFrom(...'0123456789ABCDEFGHIJOSVZabc甲'), minLength: 18, maxLength: 18 }),
      ),
      (code) => {
        const bytes = Buffer.from(code);
        if (bytes.length === 18) expect(isUsccAt(bytes, 0)).toBe(usccProblem(code) === undefined);
      },
    ),
    { numRuns: 1_000 },
  );
});
