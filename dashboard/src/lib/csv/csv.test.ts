import { expect, test } from 'vitest';
import { csv, csvResponse } from './csv.ts';

test('quotes what needs it, and disarms formulas', () => {
  expect(
    csv([
      ['单位', 'a"b', 'x,y'],
      ['=1+1', '-2', -2.5],
      [null, undefined, 'l1\nl2'],
    ]),
  ).toBe('\ufeff单位,"a""b","x,y"\r\n\'=1+1,\'-2,-2.5\r\n,,"l1\nl2"\r\n');
});

test('names the file for every client', () => {
  const disposition = csvResponse('评分-2025Q2.csv', []).headers.get('content-disposition');
  expect(disposition).toBe(
    `attachment; filename="__-2025Q2.csv"; filename*=UTF-8''${encodeURIComponent('评分-2025Q2.csv')}`,
  );
});
