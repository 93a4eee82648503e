import type { IncomingMessage } from 'node:http';
import { describe, expect, test } from 'vitest';
import { baseOf, placeRequest, withoutBase } from './public-address.ts';

const placed = (url: string, headers: Record<string, string>, publicUrl?: string) => {
  const request = { url, headers: { ...headers } } as unknown as IncomingMessage;
  placeRequest(request, { publicUrl });
  return { url: request.url, proto: request.headers['x-forwarded-proto'], host: request.headers.host };
};

describe('with a public address', () => {
  const publicUrl = 'https://jd.example/hengjian';

  test.each([
    ['/hengjian/heat?x=1', '/hengjian/heat?x=1'],
    ['/hengjian', '/hengjian'],
    ['/hengjian?x=1', '/hengjian?x=1'],
    ['/heat', '/hengjian/heat'],
    ['/hengjianer', '/hengjian/hengjianer'],
    ['/', '/hengjian/'],
    ['//elsewhere/x', '/hengjian//elsewhere/x'],
  ])('%s is %s there, whatever the proxy did to it', (url, seen) => {
    expect(placed(url, {}, publicUrl).url).toBe(seen);
  });

  test('a request came to it, whatever headers say', () => {
    const forged = { host: 'evil.example', 'x-forwarded-proto': 'http', 'x-forwarded-host': 'evil.example' };
    expect(placed('/', forged, publicUrl)).toMatchObject({ proto: 'https', host: 'jd.example' });
  });

  test('the app names its addresses without the path', () => {
    expect(withoutBase('/hengjian/heat?x=1', { publicUrl })).toBe('/heat?x=1');
    expect(withoutBase('/hengjian', { publicUrl })).toBe('/');
    expect(withoutBase('/other', { publicUrl })).toBe('/other');
    expect(baseOf({ publicUrl: 'https://jd.example' })).toBe('');
  });
});

describe('without one', () => {
  test.each([
    ['https,http', 'https'],
    ['https, http', 'https'],
    ['HTTPS', 'https'],
    ['http,https', 'http'],
    ['', 'http'],
    ['javascript:', 'http'],
    ['%E0%A4%A', 'http'],
  ])('the proxies say %j: the browser came by %s', (header, proto) => {
    expect(placed('/', { 'x-forwarded-proto': header, host: 'a.example' })).toMatchObject({
      proto,
      host: 'a.example',
      url: '/',
    });
  });
});
