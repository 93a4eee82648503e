/** Both documents are valid by their own specifications, and complete. */
import { createRequire } from 'node:module';
import { eventTypes } from '@hengjian/contract/schema/event-types.ts';
import { Validator } from '@seriousme/openapi-schema-validator';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { describe, expect, test } from 'vitest';
import { EventChecker } from '../check/event-checker.ts';
import { buildIngestApp } from '../edge/ingest-app.ts';
import { IngestMetrics } from '../metrics/ingest-metrics.ts';
import { edgeDocuments } from './edge-documents.ts';
import { documentValidator } from './testing/document-validator.ts';

const require = createRequire(import.meta.url);
const { openapi, asyncapi } = edgeDocuments({ kafkaTopic: 'test.events' });

/** Every `$ref` of a document that leads nowhere. */
function brokenReferences(document: object): string[] {
  const found = JSON.stringify(document).matchAll(/"(?:\$ref":"|[a-z._]+":")#\/([^"]+)"/g);
  return [...new Set([...found].map(([, path]) => path!))].filter(
    (path) =>
      path.split('/').reduce<unknown>((at, name) => (at as Record<string, unknown> | undefined)?.[name], document) ===
      undefined,
  );
}

test('AsyncAPI: valid by the official schema of 3.0.0', () => {
  const ajv = new Ajv({ strict: false, allErrors: true });
  addFormats.default(ajv);
  const validate = ajv.compile(require('@asyncapi/specs/schemas/3.0.0-without-$id.json'));
  validate(asyncapi);
  expect(validate.errors ?? []).toEqual([]);
  expect(validate({ ...asyncapi, operations: { wrong: {} } })).toBe(false);
});

test('OpenAPI: valid by the official schema of 3.1', async () => {
  const result = await new Validator().validate(structuredClone<Record<string, unknown>>(openapi));
  expect(result.errors ?? []).toEqual([]);
  expect(result.valid).toBe(true);
  const wrong = await new Validator().validate({ ...structuredClone(openapi), paths: { 'no-slash': {} } });
  expect(wrong.valid).toBe(false);
});

test('every reference leads somewhere', () => {
  expect(brokenReferences(asyncapi)).toEqual([]);
  expect(brokenReferences(openapi)).toEqual([]);
  expect(brokenReferences({ a: { $ref: '#/b' } })).toEqual(['b']);
});

describe('AsyncAPI', () => {
  test('the topic is that of the environment, in every place', () => {
    expect(asyncapi.channels.log).toMatchObject({
      address: 'test.events',
      bindings: { kafka: { topic: 'test.events' } },
    });
    expect(asyncapi.operations.storeEvents.bindings.kafka.groupId.const).toBe('hengjian.test.events');
  });

  test('one message a type, each with an example that fits it and that the checks accept', () => {
    const validator = documentValidator(asyncapi);
    const checker = new EventChecker(Date.now());
    const { messages } = asyncapi.components;
    expect(Object.keys(messages).sort()).toEqual([...eventTypes.keys(), 'refused'].sort());
    for (const type of eventTypes.keys()) {
      const { examples } = messages[type] as { examples: { payload: object }[] };
      for (const { payload } of examples) {
        const bytes = Buffer.from(JSON.stringify(payload));
        expect([type, validator.errors(`/components/schemas/${type}`, payload)]).toEqual([type, []]);
        expect([type, checker.check(bytes, 0, bytes.length, true)]).toEqual([type, undefined]);
      }
    }
  });
});

describe('OpenAPI', () => {
  test('describes every route of the edge but those for commands of the same machine', async () => {
    const app = await buildIngestApp({
      writer: {} as never,
      keys: { find: async () => undefined },
      metrics: new IngestMetrics(),
      ready: async () => true,
      away: 'The warehouse does not answer.',
      documents: { openapi, asyncapi },
      internalKey: 'internal',
    });
    await app.ready();
    const routes = Object.entries({
      ...openapi.paths,
      '/internal/lines': { post: {} },
      '/internal/oversized': { post: {} },
      '/internal/events': { post: {} },
      '/internal/rows': { post: {} },
    });
    for (const [url, operations] of routes)
      for (const method of Object.keys(operations))
        expect([url, app.hasRoute({ method: method.toUpperCase(), url })]).toEqual([url, true]);
    // The router prints a tree of prefixes; as many leaves as are described, HEAD routes aside.
    const leaves = app.printRoutes({ commonPrefix: false }).match(/\((?:GET|POST)[^)]*\)/g) ?? [];
    expect(leaves.length).toBe(routes.length);
    for (const path of ['/v1/openapi.json', '/v1/asyncapi.json']) {
      const response = await app.inject(path);
      expect(response.statusCode).toBe(200);
      expect(response.headers['content-type']).toBe('application/json');
      expect(response.json()).toEqual(path.includes('openapi') ? openapi : asyncapi);
    }
    await app.close();
  });
});

test('the documents name no broker and hold no secret', () => {
  expect(Object.keys(asyncapi.servers.log.variables)).toEqual(['broker']);
  expect(asyncapi.servers.log.host).toBe('{broker}');
});
