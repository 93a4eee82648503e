import { expect, it } from 'vitest';
import { isUscc } from './testing/event-rules.ts';
import { makeUscc, organisationCheck, usccCheck } from './uscc.ts';

const KNOWN =
  '91320100MA1XYWG030 91320600MA1DEM015E 91320671MA20DEM26Y 92320602MA1XYGH30C 93530500MA6ABCD45G 91341282MA2PQRT546 91530502709530017A 92320115MA25KLM794 91320612138700050M 113206000142678068'.split(
    ' ',
  );

it('computes the check characters of GB 32100-2015 and GB 11714', () => {
  for (const code of KNOWN) {
    expect(usccCheck(code.slice(0, 17))).toBe(code[17]);
    expect(organisationCheck(code.slice(8, 16))).toBe(code[16]);
    expect(isUscc(code)).toBe(true);
  }
  expect(usccCheck('91350100M000100Y4')).toBe('3');
});

it('makes valid, distinct codes', () => {
  const codes = new Set<string>();
  for (let i = 0; i < 50_000; i++) {
    const code = makeUscc('91', '320671', i);
    expect(isUscc(code)).toBe(true);
    codes.add(code);
  }
  expect(codes.size).toBe(50_000);
});
