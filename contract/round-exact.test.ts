import fc from 'fast-check';
import { expect, test } from 'vitest';
import { percentText, roundExact, subtractExact } from './round-exact.ts';

test.each([
  ['17568827/210450', 2, '83.48'],
  ['1201/200', 2, '6.01'],
  ['-1201/200', 2, '-6.01'],
  ['1/3', 2, '0.33'],
  ['0', 2, '0.00'],
  ['10', 2, '10.00'],
  ['1999/200', 2, '10.00'],
  ['-0.004', 2, '0.00'],
  ['21.666666', 0, '22'],
  [83.485, 2, '83.49'],
  [1.005, 2, '1.01'],
  [-5.685, 2, '-5.69'],
  [2.5e-7, 6, '0.000000'],
  [5e-7, 6, '0.000001'],
  [1e21, 1, '1000000000000000000000.0'],
  [12n, 1, '12.0'],
] as const)('%s with %i decimals is %s', (exact, digits, shown) => {
  expect(roundExact(exact, digits)).toBe(shown);
});

const fractions = fc.record({
  n: fc.integer({ min: -2_000_000, max: 2_000_000 }),
  d: fc.integer({ min: 1, max: 100_000 }),
});
const decimals = fc.integer({ min: 0, max: 4 });

test('what is shown is at most half a last place away, and a half goes away from zero', () => {
  fc.assert(
    fc.property(fractions, decimals, ({ n, d }, digits) => {
      const shown = BigInt(roundExact(`${n}/${d}`, digits).replace('.', ''));
      const scale = 10n ** BigInt(digits);
      const [size, away] = [BigInt(Math.abs(n)) * scale, 2n * (shown < 0n ? -shown : shown) * BigInt(d)];
      // −d/2 < shown·d − n·scale ≤ d/2, in sizes
      expect(away - 2n * size > -BigInt(d)).toBe(true);
      expect(away - 2n * size <= BigInt(d)).toBe(true);
      if (shown !== 0n) expect(shown < 0n).toBe(n < 0);
    }),
  );
});

test('a double rounds as the fraction that it stands for, a decimal too', () => {
  fc.assert(
    fc.property(fractions, decimals, ({ n, d }, digits) => {
      expect(roundExact(n / d, digits)).toBe(roundExact(`${n}/${d}`, digits));
    }),
  );
  // Halves, which a double hits least.
  fc.assert(
    fc.property(fc.integer({ min: -20_000_000, max: 20_000_000 }), (thousandths) => {
      expect(roundExact(thousandths / 1_000)).toBe(roundExact(`${thousandths}/1000`));
    }),
  );
});

test('differences are exact', () => {
  expect(roundExact(subtractExact(15, '13.135'))).toBe('1.87');
  fc.assert(
    fc.property(fractions, fractions, (a, b) => {
      const [text, other] = [`${a.n}/${a.d}`, `${b.n}/${b.d}`];
      const back = subtractExact(subtractExact(text, other), subtractExact('0', other));
      expect(subtractExact(back, text).startsWith('0/')).toBe(true);
    }),
  );
});

test('a share reads 100 % only when it is whole, 0 % only when it is nothing', () => {
  expect(percentText(46, 50)).toBe('92.0%');
  expect(percentText(2, 3)).toBe('66.7%');
  expect(percentText(1_999, 2_000)).toBe('99.95%');
  expect(percentText(999_999, 1_000_000)).toBe('99.9999%');
  expect(percentText(1, 100_000)).toBe('0.001%');
  expect(percentText('14777/2000', 10)).toBe('73.9%');
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1_000_000 }), fc.nat(), (whole, any) => {
      const part = any % (whole + 1);
      const shown = Number(percentText(part, whole).slice(0, -1));
      expect(shown === 100).toBe(part === whole);
      expect(shown === 0).toBe(part === 0);
      expect(Math.abs(shown - (100 * part) / whole)).toBeLessThanOrEqual(0.05 + 1e-9);
    }),
  );
});
