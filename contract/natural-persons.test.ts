import { expect, test } from 'vitest';
import { forFiles, personName, seesPersons, subjectName } from './natural-persons.ts';
import type { Role, Scope } from './scope.ts';

const scope = (...roles: Role[]): Scope => ({ account: 'a', roles, units: 'all', areas: 'all' });
const trader = '92320602MA1XYGH30C';
const firm = '91350100M000100Y43';

test('who works on cases reads whose they are, who reads figures does not', () => {
  for (const role of ['office', 'unit', 'inspector', 'auditor'] as const)
    expect([role, seesPersons(scope(role))]).toEqual([role, true]);
  for (const role of ['leader', 'admin'] as const) expect([role, seesPersons(scope(role))]).toEqual([role, false]);
  expect(seesPersons(scope('leader', 'auditor'))).toBe(true);
  expect(seesPersons({ ...scope('unit'), units: ['scjg'], areas: ['320671001'] })).toBe(true);
});

test('of a sole trader the first character is left, of a company all', () => {
  expect(subjectName(scope('leader'), trader, '王小明便利店')).toBe('王***');
  expect(subjectName(scope('office'), trader, '王小明便利店')).toBe('王小明便利店');
  expect(subjectName(scope('leader'), firm, '某某有限公司')).toBe('某某有限公司');
  expect(subjectName(scope('leader'), trader, '')).toBe('');
  // A character of two code units stays whole.
  expect(personName(scope('leader'), '𠮷田')).toBe('𠮷***');
});

test('in a file that leaves nobody is named, whoever takes it', () => {
  for (const role of ['office', 'unit', 'auditor'] as const)
    expect([role, subjectName(forFiles(scope(role)), trader, '王小明便利店')]).toEqual([role, '王***']);
});
