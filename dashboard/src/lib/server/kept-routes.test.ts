import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { KEPT_ROUTES } from './kept-routes.ts';

const routes = join(import.meta.dirname, '../../routes');
const sourcesOf = (place: string) =>
  ['+page.server.ts', '+page.ts', '+server.ts', '+layout.server.ts', '+layout.ts']
    .map((name) => join(routes, place, name))
    .filter((path) => existsSync(path))
    .map((path) => readFileSync(path, 'utf8'));

/** What differs between two requests with one key, and what changes between two refreshes; the day is in the key. */
const ELSEWHERE =
  /\b(cookies|platform|getClientAddress|setHeaders|fetch|actions)\b|\brequest(?=\s*[.,}])|\bparts\.(reader|app|writer|sessions)\b|\bDate\.now\b|(?<!judgingDay\(null, )\bnew Date\(/;

test.each(KEPT_ROUTES.map((route) => [route]))(
  '%s is made of nothing but what the key of a kept answer names',
  (route) => {
    const sources = sourcesOf(route);
    expect(sources.length).toBeGreaterThan(0);
    for (const source of sources) expect(source.match(ELSEWHERE)?.[0]).toBeUndefined();
  },
);
