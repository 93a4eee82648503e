import { expect, test } from 'vitest';
import { isVisit } from './is-visit.ts';

const url = new URL('https://jd.example/sign-in/x');
const visit = (headers: Record<string, string>) => isVisit({ url, request: new Request(url, { headers }) });
const fetched = (site: string, mode: string, dest: string) =>
  visit({ 'sec-fetch-site': site, 'sec-fetch-mode': mode, 'sec-fetch-dest': dest, accept: 'text/html' });
const browser = { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64)' };

test.each([
  ['a link of a mail or another system', 'cross-site', 'navigate', 'document', true],
  ['an address that was typed', 'none', 'navigate', 'document', true],
  ['the page’s own requests', 'same-origin', 'cors', 'empty', true],
  ['an image of another site', 'cross-site', 'no-cors', 'image', false],
  ['a script of another site', 'cross-site', 'no-cors', 'script', false],
  ['a frame of another site', 'cross-site', 'navigate', 'iframe', false],
  ['an object of another site', 'cross-site', 'navigate', 'object', false],
  ['a site beside this one', 'same-site', 'no-cors', 'image', false],
  ['what another site fetches ahead', 'cross-site', 'no-cors', 'empty', false],
])('%s', (_, site, mode, dest, expected) => {
  expect(fetched(site, mode, dest)).toBe(expected);
});

test('without TLS browsers do not say what for: then by what they accept, or where they are', () => {
  expect(visit({ ...browser, accept: 'text/html,application/xhtml+xml,*/*;q=0.8' })).toBe(true);
  expect(visit({ ...browser, accept: 'image/avif,image/webp,*/*;q=0.8' })).toBe(false);
  expect(visit({ ...browser, accept: '*/*', referer: 'https://evil.example/' })).toBe(false);
  expect(visit({ ...browser, accept: '*/*', referer: 'https://jd.example.evil/' })).toBe(false);
  expect(visit({ ...browser, accept: '*/*', referer: 'https://jd.example/' })).toBe(true);
  expect(visit({ 'user-agent': 'curl/8.5.0', accept: '*/*' })).toBe(true);
});
