import { globSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const source = join(import.meta.dirname, 'src');
/** The first parts of the addresses there are. */
const firsts = readdirSync(join(source, 'routes')).filter((name) => !/[+.]/.test(name));

/** Where an address is used: a bare one there leaves the path under which the dashboard is served. */
const USES = [
  /\b(?:href|action|formaction|src)=(?:["']|\{\s*["'`])\/(?![/*])/g,
  // Places of the navigation are named by their routes.
  /\b(?:href|url|location)\s*[:=]\s*["'`]\/(?!\$\{string\})(?![^\n]*\b(?:route|key):)/g,
  /\b(?:goto|fetch|fetchArrow<[^(]*>|EventSource|assign|replace)\(\s*(?:fetch,\s*)?["'`]\//g,
  /\bredirect\(\s*\d+,\s*["'`]\//g,
  /\bpath:\s*["'`]\/["'`]/g,
];
const template = new RegExp(`(?<!(?:pathTo|linkTo)\\(\\s*)\`/(?:${firsts.join('|')})[/?#]`, 'g');

/** Lines in which an address does not begin with the path of the public address, as `file:line: text`. */
function bareAddresses(file: string, text: string): string[] {
  return [...USES, ...(file.endsWith('.svelte') ? [template] : [])].flatMap((pattern) =>
    [...text.matchAll(pattern)].map(({ index }) => {
      const line = text.slice(0, index).split('\n').length;
      return `${file}:${line}: ${text.split('\n')[line - 1]!.trim()}`;
    }),
  );
}

/** Names of routes, not addresses. */
const NAMED = /lib\/server\/(access|entity-tag|openapi\/.*)\.ts$|path-to\.ts$|\.test\.ts$/;

test('every address in a page is made by pathTo or linkTo, so that it stays under the path of PUBLIC_URL', () => {
  const files = globSync('**/*.{ts,svelte,html}', { cwd: source }).filter(
    (file) => !NAMED.test(file) && statSync(join(source, file)).isFile(),
  );
  expect(files.length).toBeGreaterThan(100);
  expect(files.flatMap((file) => bareAddresses(file, readFileSync(join(source, file), 'utf8')))).toEqual([]);
});

test.each([
  '<a href="/units/x">',
  "<a href={'/stream'}>",
  '<a href={`/units/¤{id}`}>',
  '<form method="POST" action="/sign-out">',
  '<img src="/favicon.svg" />',
  "redirect(303, '/sign-in');",
  'await fetch(`/api/v1/funnel`);',
  "new EventSource('/api/v1/updates')",
  "void goto('/heat');",
  'const link = `/units/¤{id}?quarter=2025Q2`;',
  "cookies.set('a', 'b', { path: '/' })",
])('a bare address is named: %s', (text) => {
  expect(bareAddresses('x.svelte', text.replace('¤', '$'))).not.toEqual([]);
});

test.each([
  "<a href={pathTo('/stream')}>",
  '<a href="?quarter=x">',
  '<a href="#main">',
  '<a href={pathTo(`/units/¤{id}`)}>',
  '<a href={linkTo(`/units/¤{id}`)}>',
])('what is made by pathTo or linkTo, or stays on its page, is not: %s', (text) =>
  expect(bareAddresses('x.svelte', text.replace('¤', '$'))).toEqual([]),
);
