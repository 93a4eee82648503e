/** What is said in one place and asked for everywhere else: who may do what (contract/permissions.ts), how a number is rounded (contract/round-exact.ts). */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { isOfTests, sourceFiles } from './setup/source-files.ts';

const root = import.meta.dirname;
const sources = sourceFiles(root).filter((file) => !isOfTests(file));

/** `file: what stands there`, for each place where a pattern stands outside the files that may have it. */
function found(patterns: readonly RegExp[], may: Readonly<Record<string, string>>): string[] {
  return sources.flatMap((file) => {
    if (Object.keys(may).some((place) => file === place || (place.endsWith('/') && file.startsWith(place)))) return [];
    const text = readFileSync(join(root, file), 'utf8');
    return patterns.flatMap((pattern) => [...text.matchAll(pattern)].map(([place]) => `${file}: ${place}`));
  });
}

const ROLE = `['"](?:office|leader|unit|inspector|auditor|admin)['"]`;
const ROLES = [
  new RegExp(`\\broles?\\b[^\\n;]{0,24}?[!=]==?\\s*${ROLE}`, 'g'),
  new RegExp(`${ROLE}\\s*[!=]==?\\s*[\\w.]*\\brole`, 'g'),
  new RegExp(`\\b(?:roles|given)\\b[?!]?\\.(?:includes|indexOf|some|every|find)\\([^\\n;]*?${ROLE}`, 'g'),
];
const DECIDES_BY_ROLE = {
  'contract/permissions.ts': 'the table itself',
  'dashboard/accounts/account.ts': 'makes the scope that the table is asked with: the role of a unit names its units',
};

test('what a role may is asked of the one table of permissions', () => {
  expect(sources.length).toBeGreaterThan(900);
  expect(found(ROLES, DECIDES_BY_ROLE)).toEqual([]);
});

test.each([
  "roles.some((role) => role === 'office' || role === 'leader')",
  "scope.roles.includes('office') && scope.units === 'all'",
  "account?.roles.includes('unit')",
  'if (role != "admin")',
  "'auditor' === account.role",
])('a comparison like %s is found', (text) => {
  expect(ROLES.some((pattern) => text.search(pattern) >= 0)).toBe(true);
});

const ROUNDS_ITSELF = {
  'benchmarks/': 'what a machine took, read by nobody as a figure of the product',
};

test('decimals are written by the one exact rounding', () => {
  expect(found([/\.toFixed\(/g, /Math\.round\([^\n]*\* 10(?:0+|_000)?\)(?: \/ 10|, 10)/g], ROUNDS_ITSELF)).toEqual([]);
});
