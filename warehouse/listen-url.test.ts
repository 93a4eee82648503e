import { expect, test } from 'vitest';
import { listenUrl } from './listen-url.ts';

test.each([
  ['127.0.0.1', 'http://127.0.0.1:8080'],
  ['0.0.0.0', 'http://127.0.0.1:8080'],
  ['10.1.2.3', 'http://10.1.2.3:8080'],
  ['::', 'http://[::1]:8080'],
  ['::1', 'http://[::1]:8080'],
])('what listens on %s is reached at %s', (host, url) => {
  expect(listenUrl(host, 8080)).toBe(url);
  expect(new URL(url).port).toBe('8080');
});
