import type { Scope } from '@hengjian/contract/scope.ts';
import { expect, test } from 'vitest';
import { shownBytes } from './shown-bytes.ts';

const scope = (role: 'auditor' | 'admin'): Scope => ({ account: 'a', roles: [role], units: 'all', areas: 'all' });
const bytes =
  '{"type":"entity.registered","subject":"92320600MA1ABCDE1X","data":{"name":"Wang Xiaoming","kind":"个体","tel":"13812345678","note":"\\u738b\\u4e94","inspectors":["Li Si"],"registered_on":"2025-13-01"}}';

test('an administrator sees of a refused event what is wrong with it, and no name or number of anybody', () => {
  expect(shownBytes(scope('admin'), bytes)).toBe(
    '{"type":"entity.registered","subject":"92320600MA1ABCDE1X","data":{"name":"***","kind":"***","tel":"***","note":"***","inspectors":"***","registered_on":"2025-13-01"}}',
  );
  expect(shownBytes(scope('admin'), '{"data":{"name":"Wang Xiao')).toBe('{"data":{"name":"***"');
  expect(shownBytes(scope('auditor'), bytes)).toBe(bytes);
});
