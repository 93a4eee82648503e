import { expect, test } from 'vitest';
import { access } from '../access.ts';
import { openapi } from './openapi.ts';

test('every path described exists, and whoever needs no account is the same in both', () => {
  const described = Object.entries(openapi.paths).filter(([path]) => path !== '/v1/events');
  for (const [path, operations] of described) {
    const route = path.replaceAll('{', '[').replaceAll('}', ']');
    expect(Object.keys(access)).toContain(route);
    const isPublic = 'get' in operations && operations.get.security.length === 0;
    expect([route, isPublic]).toEqual([route, access[route as keyof typeof access] === 'public']);
  }
});

test('the routes of the contract are described', () => {
  expect(Object.keys(openapi.paths)).toEqual(
    expect.arrayContaining([
      '/v1/events',
      '/api/v1/quarters/{quarter}/scores',
      '/api/v1/quarters/{quarter}/units/{unit}/items/{item}',
      '/api/v1/openapi.json',
      '/health/live',
      '/health/ready',
      '/metrics',
    ]),
  );
});

test('every reference leads to a schema', () => {
  const references = JSON.stringify(openapi).match(/#\/components\/schemas\/\w+/g) ?? [];
  for (const reference of references) {
    expect(Object.keys(openapi.components.schemas)).toContain(reference.split('/').at(-1));
  }
});
