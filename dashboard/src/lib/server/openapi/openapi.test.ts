import { edgeDocuments } from '@hengjian/ingest/documents/edge-documents.ts';
import { Validator } from '@seriousme/openapi-schema-validator';
import { expect, test } from 'vitest';
import { access } from '../access.ts';
import { openapi } from './openapi.ts';

const edge = edgeDocuments({ kafkaTopic: 'supervision.events' });
const described = openapi(edge);
const routeOf = (path: string) => path.replaceAll('{', '[').replaceAll('}', ']');

test('valid by the official schema of 3.1', async () => {
  const result = await new Validator().validate(structuredClone<Record<string, unknown>>(described));
  expect(result.errors ?? []).toEqual([]);
  expect(result.valid).toBe(true);
});

test('every route of the API is described, and whoever needs no account is the same in both', () => {
  const routes = Object.entries(access).filter(([route]) => /^\/(api|health|metrics)(\/|$)/.test(route));
  const own = Object.entries(described.paths).filter(([path]) => !path.startsWith('/v1/'));
  expect(own.map(([path]) => routeOf(path)).sort()).toEqual(routes.map(([route]) => route).sort());
  for (const [path, item] of own) {
    const { security } = (item as { get: { security: object[] } }).get;
    expect([path, security.length === 0]).toEqual([path, access[routeOf(path) as keyof typeof access] === 'public']);
  }
});

test('every path of the edge is described, with the server that has it', () => {
  for (const path of Object.keys(edge.openapi.paths)) {
    const { servers } = (described.paths as Record<string, { servers?: { url: string }[] }>)[path]!;
    expect(servers?.map(({ url }) => url)).toContain('http://{host}:{port}');
  }
});

test('operations have names of their own', () => {
  const names = JSON.stringify(described.paths).match(/"operationId":"\w+"/g) ?? [];
  expect(new Set(names).size).toBe(names.length);
});

test('every reference leads to a schema', () => {
  const references = JSON.stringify(described).match(/#\/components\/schemas\/[\w.]+/g) ?? [];
  expect(references.length).toBeGreaterThan(100);
  for (const reference of references) {
    expect(Object.keys(described.components.schemas)).toContain(reference.slice('#/components/schemas/'.length));
  }
});
