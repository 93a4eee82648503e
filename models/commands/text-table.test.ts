import { describe, expect, it } from 'vitest';
import { textTable } from './text-table.ts';

describe('textTable', () => {
  it('lines up Chinese characters, which are two cells wide', () => {
    expect(
      textTable(
        ['单位', 'n'],
        [
          ['市场监管局', '1'],
          ['xzsp', '22'],
        ],
        ['left', 'right'],
      ),
    ).toBe(['单位         n', '市场监管局   1', 'xzsp        22'].join('\n'));
  });
});
