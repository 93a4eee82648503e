import { expect, test } from 'vitest';
import { checkNewAccount } from './check-account.ts';

function reasonsOf(name: string): string[] {
  const draft = { name, roles: ['leader'], units: [], areas: [] };
  return checkNewAccount(draft, { units: [], areas: [] }, []).map(({ reason }) => reason);
}

test('every account has a page of its own: a name that an address takes for a step up is none', () => {
  for (const name of ['.', '..', '', 'a/b', 'a b', 'x'.repeat(65)]) expect(reasonsOf(name)).toEqual(['name_form']);
  for (const name of ['...', '.a', 'a..', '张三', 'zhang.san', '-_']) expect(reasonsOf(name)).toEqual([]);
});
