import { describe, expect, test } from 'vitest';
import { maskNumbers, shownText } from './personal-numbers.ts';
import type { Scope } from './scope.ts';

describe('numbers of persons in a text', () => {
  test.each([
    ['王五13812345678反映', '王五***反映'],
    ['电话：138 1234 5678、139-1234-5678。', '电话：***、***。'],
    ['+86 13812345678', '***'],
    ['8613812345678', '***'],
    ['电话１３８１２３４５６７８', '电话***'],
    ['座机0513-81234567转', '座机***转'],
    ['（0513）81234567', '***'],
    ['座机051381234567、02584651234', '座机***、***'],
    ['0513-81234567-802', '***'],
    ['身份证110101199003077758已核', '身份证***已核'],
    ['11010119900307123x', '***'],
    ['１１０１０１１９９００３０７１２３Ｘ', '***'],
    ['13812345678 13912345678', '*** ***'],
  ])('%s', (text, masked) => {
    expect(maskNumbers(text)).toBe(masked);
  });

  test.each([
    '统一社会信用代码91320600MA10000000',
    '92320600123456789T',
    '通联席办〔2025〕7号，2025-06-30',
    '许2025-118，金额13812345678901元',
    'P13812345678',
    '9f13812345678ab',
    '2025-04-12 10:00:00',
    '0513-2025',
    '编号0012345678901',
    '',
  ])('what is none stays: %s', (text) => {
    expect(maskNumbers(text)).toBe(text);
  });

  test('a code of an enterprise that looks like an id number stays', () => {
    // Department 1, category 2, area 130119, and a check character of GB 32100.
    expect(maskNumbers('121301199001010052')).toBe('121301199001010052');
    expect(maskNumbers('121301199001010051')).toBe('***');
  });

  test('who sees persons sees them', () => {
    const scope = (role: 'office' | 'leader' | 'admin'): Scope => ({
      account: 'a',
      roles: [role],
      units: 'all',
      areas: 'all',
    });
    expect(shownText(scope('office'), '13812345678')).toBe('13812345678');
    expect(shownText(scope('leader'), '13812345678')).toBe('***');
    expect(shownText(scope('admin'), '13812345678')).toBe('***');
  });
});
