import { expect, test } from 'vitest';
import { wrongParameter } from './query-parameters.ts';

const wrong = (query: string) => wrongParameter(new URLSearchParams(query))?.name;

test.each([
  'week=x',
  'week=2025-02-30',
  'quarter=2025Q5',
  'quarter=%00',
  'unit=a b',
  'area=a b',
  'indicator=none',
  'measure=none',
  'mode=x',
  'stage=x',
  'dir=x',
  'range=7d',
  'at=now',
  'account=a%0Ab',
  'route=x',
  'day=2025-02-30',
  'outcome=x',
  'exports=2',
  'before=1',
  'page=0',
  'page=-1',
  'kind=a%0Ab',
  'sort=%27',
  'reason=%22',
  'quarter=2025Q2&quarter=x',
])('%s is refused by name', (query) => {
  expect(wrong(query)).toBe(query.split('=')[0]);
});

test('what pages link to passes: all together, empty ones, unknown ones', () => {
  expect(
    wrong(
      'quarter=2025Q2&week=2025-04-07&unit=scjg&area=320671001&industry=C&indicator=claim&measure=penalties&mode=rate&stage=feedback&dir=ascending&range=24h&at=1764000000000&page=3&kind=claimed_late&sort=total&reason=uscc_form&account=key:表格&route=/units/[unit]&day=2025-04-01&outcome=refused&exports=1&before=1764000000000-a1b2c3d4-e5f6-4a7b-8c9d-0e1f2a3b4c5d',
    ),
  ).toBeUndefined();
  expect(wrong('unit=&week=&area=&industry=&page=')).toBeUndefined();
  expect(wrong('utm_source=x&x-sveltekit-invalidated=01&toString=1')).toBeUndefined();
});
