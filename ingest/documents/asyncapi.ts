/** The event log as AsyncAPI 3.0: for those who produce to the topic, and for those who read it. */
import { MAX_KEPT_BYTES } from '@hengjian/contract/limits.ts';
import { REASONS } from '@hengjian/contract/reasons.ts';
import { eventTypes } from '@hengjian/contract/schema/event-types.ts';
import { HEADERS } from '../stream/log/record-headers.ts';
import { groupOf, MAX_REQUEST_BYTES, PARTITIONS } from '../stream/log/topic.ts';
import { BEYOND_SCHEMA_TEXT, eventSchemas, type JsonSchema, schemaRef } from './event-schemas.ts';
import { exampleOf } from './example-event.ts';
import { EDGE_SERVER, INFO, KEY_SECURITY } from './product.ts';

/** Name of the message of a record that the edge refused; the others bear the name of their event type. */
export const REFUSED = 'refused';

const DESCRIPTION = `Events are CloudEvents 1.0 in JSON: the same bytes by HTTP, in the topic, and as lines of a file.

Whoever produces to the topic sets nothing but the value. With the key \`SOURCE#ID\` and the partitioner murmur2 (the Java client's default,
librdkafka's \`murmur2_random\`) a record is where the workers want it; with any other key it is rerouted. Compression is gzip, Snappy, LZ4,
Zstandard or none. A record that breaks a rule becomes a reject with topic, partition and offset; the partition moves on.

${BEYOND_SCHEMA_TEXT}`;

const record = {
  kafka: {
    key: {
      type: 'string',
      description: '`SOURCE#ID` of the event, in UTF-8. Any other key, or none, is accepted and costs one more write.',
      examples: ['https://permits.example/etdz#2025-000417'],
    },
    bindingVersion: '0.5.0',
  },
};

const headers: Record<string, JsonSchema> = {
  [HEADERS.request]: {
    type: 'string',
    format: 'uuid',
    description: 'x-request-id of the HTTP request that brought it',
  },
  [HEADERS.rerouted]: {
    type: 'string',
    pattern: '^\\d{1,10}/\\d{1,16}/-?\\d{1,16}$',
    description: 'set by workers on copies: partition, offset and timestamp of the record as it was produced',
  },
  [HEADERS.granted]: {
    type: 'string',
    pattern: '^[0-9a-f]{64}$',
    description: 'the product’s mark (HMAC-SHA256) of an act of its own; such an event without it is refused',
  },
};

const schemas: Record<string, JsonSchema> = {
  RecordHeaders: {
    description: 'Set by the product itself; producers need none.',
    type: 'object',
    properties: headers,
  },
  RefusedHeaders: {
    type: 'object',
    required: [HEADERS.refused],
    properties: {
      ...headers,
      [HEADERS.refused]: {
        type: 'string',
        contentMediaType: 'application/json',
        description: 'JSON of the schema Refusal',
      },
    },
  },
  Refusal: {
    type: 'object',
    required: ['reason', 'detail', 'source', 'id', 'type', 'size'],
    properties: {
      reason: { enum: Object.keys(REASONS) },
      detail: { type: 'string' },
      source: { type: 'string', description: 'empty where it could not be read' },
      id: { type: 'string' },
      type: { type: 'string' },
      size: { type: 'integer', minimum: 0, description: 'bytes that came' },
    },
  },
};

function messages() {
  const events = [...eventTypes.values()].map((type) => [
    type.type,
    {
      name: type.type,
      title: type.title.zh,
      summary: type.title.en,
      headers: schemaRef('RecordHeaders'),
      payload: schemaRef(type.type),
      bindings: { $ref: '#/components/messageBindings/record' },
      examples: [{ payload: exampleOf(type) }],
    },
  ]);
  const refused = {
    name: REFUSED,
    title: '未通过校验的事件',
    summary: `An event that the edge refused, as it came (at most ${MAX_KEPT_BYTES} bytes): workers file it as a reject`,
    contentType: 'application/octet-stream',
    headers: schemaRef('RefusedHeaders'),
    payload: {},
  };
  return { ...Object.fromEntries(events), [REFUSED]: refused };
}

const messagesOf = (channel: string, names: readonly string[]) =>
  names.map((name) => ({ $ref: `#/channels/${channel}/messages/${name}` }));

/** @param kafkaTopic the topic of this installation. Addresses of brokers are not told: the document is public. */
export function describeLog({ kafkaTopic }: { kafkaTopic: string }) {
  const all = messages();
  const events = [...eventTypes.keys()];
  return {
    asyncapi: '3.0.0',
    info: { ...INFO, description: DESCRIPTION },
    defaultContentType: 'application/cloudevents+json',
    servers: {
      log: {
        host: '{broker}',
        protocol: 'kafka',
        description: 'The brokers of an installation at scale (KAFKA_BROKERS); without them there is only the edge.',
        variables: { broker: { default: '127.0.0.1:9092', description: 'host:port; ask whoever runs the brokers' } },
      },
      edge: {
        host: EDGE_SERVER.host,
        protocol: 'http',
        description: 'The edge; what it answers is described by its OpenAPI document.',
        security: [{ $ref: '#/components/securitySchemes/key' }],
      },
    },
    channels: channels(kafkaTopic, Object.keys(all), events),
    operations: operations(kafkaTopic, Object.keys(all), events),
    components: {
      schemas: { ...eventSchemas(), ...schemas },
      messages: all,
      messageBindings: { record },
      securitySchemes: { key: KEY_SECURITY },
    },
  };
}

/** @param all the messages of the log @param events those of the edge */
function channels(kafkaTopic: string, all: readonly string[], events: readonly string[]) {
  const inChannel = (names: readonly string[]) =>
    Object.fromEntries(names.map((name) => [name, { $ref: `#/components/messages/${name}` }]));
  return {
    log: {
      address: kafkaTopic,
      title: '事件日志',
      servers: [{ $ref: '#/servers/log' }],
      messages: inChannel(all),
      bindings: {
        kafka: {
          topic: kafkaTopic,
          // As the product creates a topic that is missing; an existing one is taken as it is.
          partitions: PARTITIONS,
          topicConfiguration: { 'max.message.bytes': MAX_REQUEST_BYTES },
          bindingVersion: '0.5.0',
        },
      },
    },
    events: {
      address: '/v1/events',
      title: '事件接收',
      servers: [{ $ref: '#/servers/edge' }],
      messages: inChannel(events),
    },
  };
}

function operations(kafkaTopic: string, all: readonly string[], events: readonly string[]) {
  const worker = {
    groupId: { type: 'string', const: groupOf(kafkaTopic) },
    clientId: { type: 'string', const: 'hengjian' },
    bindingVersion: '0.5.0',
  };
  return {
    takeEvents: {
      action: 'receive',
      summary: 'The edge takes events: one, an array of them, or one a line; 202 once they are durable',
      channel: { $ref: '#/channels/events' },
      messages: messagesOf('events', events),
      bindings: { http: { method: 'POST', bindingVersion: '0.3.0' } },
    },
    appendEvents: {
      action: 'send',
      summary: 'The edge appends what it took (acks=all, idempotent), and what it refused',
      channel: { $ref: '#/channels/log' },
      messages: messagesOf('log', all),
    },
    storeEvents: {
      action: 'receive',
      summary: 'Workers check, store each (source, id) once, and file rejects and duplicates',
      channel: { $ref: '#/channels/log' },
      messages: messagesOf('log', all),
      bindings: { kafka: worker },
    },
    passOnEvents: {
      action: 'send',
      summary: 'Workers pass records that lie elsewhere on to the partition of their key',
      channel: { $ref: '#/channels/log' },
      messages: messagesOf('log', events),
    },
  };
}
