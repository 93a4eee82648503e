import { globSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { Account } from '#accounts/account.ts';
import { access, decide } from './access.ts';
import { EXPORT_ROUTES } from './export-routes.ts';

const routes = fileURLToPath(new URL('../../routes', import.meta.url));

function account(...roles: Account['roles']): Account {
  return { name: 'a', roles, units: [], areas: [], disabled: false };
}

describe('the access table', () => {
  test('has exactly the routes that exist', () => {
    const files = globSync('**/{+page.svelte,+page.server.ts,+server.ts}', { cwd: routes });
    const existing = files.map((file) => `/${file.replaceAll('\\', '/').replace(/\/?[^/]+$/, '')}`);
    expect(Object.keys(access).sort()).toEqual([...new Set(existing)].sort());
  });

  test('refuses what it does not name', () => {
    expect(decide('/secret', account('office', 'admin'))).toBe('forbidden');
    expect(decide('toString', account('office', 'admin'))).toBe('forbidden');
    expect(decide('/secret', undefined)).toBe('sign-in');
  });

  test('who asks the access log what was taken away is told of every file', () => {
    const files = Object.keys(access).filter((route) => /\.(csv|xlsx)$|\[file\]$|\/lists\/\[/.test(route));
    expect(files.filter((route) => !EXPORT_ROUTES.includes(route))).toEqual([]);
  });

  test('a page that is only looked at takes nothing', () => {
    expect(decide('/', account('office', 'admin'), 'POST')).toBe('forbidden');
    expect(decide('/sign-out', account('inspector'), 'POST')).toBe('granted');
  });

  test.each([
    ['/', 'office', 'granted'],
    ['/', 'leader', 'granted'],
    ['/', 'unit', 'granted'],
    ['/', 'auditor', 'granted'],
    ['/', 'inspector', 'forbidden'],
    ['/', 'admin', 'forbidden'],
    ['/api/v1/quarters/[quarter]/scores', 'admin', 'forbidden'],
    ['/stream/rejects', 'unit', 'forbidden'],
    ['/stream/rejects', 'leader', 'forbidden'],
    ['/stream/rejects', 'admin', 'granted'],
    ['/api/v1/updates', 'inspector', 'granted'],
  ] as const)('%s for %s: %s', (route, role, decision) => {
    expect(decide(route, account(role))).toBe(decision);
  });
});
