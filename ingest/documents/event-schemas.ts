/**
 * The events as JSON Schema, out of the schemas that the checks run on: what both documents, AsyncAPI and OpenAPI, hold
 * under `#/components/schemas`. Only keywords that draft 7 (AsyncAPI) and 2020-12 (OpenAPI 3.1) read alike.
 */
import type { Reason } from '@hengjian/contract/reasons.ts';
import { REASONS } from '@hengjian/contract/reasons.ts';
import type { EventType } from '@hengjian/contract/schema/event-type.ts';
import { eventTypes } from '@hengjian/contract/schema/event-types.ts';
import { FORMATS, type FormatName } from '@hengjian/contract/schema/formats.ts';
import { MAX_SOURCE_LENGTH, SOURCE_FORM } from '../check/source-uri.ts';
import { exampleOf } from './example-event.ts';

export type JsonSchema = Record<string, unknown>;

/** Reasons for which an event may be refused although it fits its schema: JSON Schema has no words for them. */
export const BEYOND_SCHEMA = [
  'utf8',
  'nul_character',
  'lone_surrogate',
  'duplicate_member',
  'too_deep',
  'too_large',
  'time_too_early',
  'time_in_future',
  'uscc_check_character',
  'days_reversed',
  'source_not_allowed',
  'unit_not_allowed',
] as const satisfies readonly Reason[];

/** Said in both documents. Markdown (CommonMark). */
export const BEYOND_SCHEMA_TEXT = `The schemas say what JSON Schema can say; formats are meant to be asserted. An event that fits its schema may still be refused for:

${BEYOND_SCHEMA.map((reason) => `* \`${reason}\`: ${REASONS[reason]}`).join('\n')}`;

/** RFC 3339 with offset, of 2010 or (by its offset) the two days before. */
const TIME =
  '^(?:2009-12-3[01]|(?:20[1-9]\\d|2[1-9]\\d\\d)-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\\d|3[01]))[Tt](?:[01]\\d|2[0-3]):[0-5]\\d:(?:[0-5]\\d|60)(?:\\.\\d+)?(?:[Zz]|[+-](?:[01]\\d|2[0-3]):[0-5]\\d)$';

const pattern = (format: FormatName) => ({ type: 'string', ...FORMATS[format].stated });

const SUBJECTS: Record<EventType['subject'], JsonSchema> = {
  required: { ...pattern('uscc'), description: `the market subject: ${FORMATS.uscc.is}` },
  optional: { ...pattern('uscc'), type: ['string', 'null'], description: `the market subject: ${FORMATS.uscc.is}` },
  free: { type: ['string', 'null'], minLength: 1, maxLength: 256, description: 'any text' },
};

/** What every event has. Unknown members are kept. */
export const envelope: JsonSchema = {
  title: 'Envelope of CloudEvents 1.0, structured mode',
  description: BEYOND_SCHEMA_TEXT,
  type: 'object',
  required: ['specversion', 'id', 'source', 'type', 'time', 'department', 'data'],
  properties: {
    specversion: { const: '1.0' },
    id: {
      type: 'string',
      minLength: 1,
      maxLength: 64,
      description: 'unique within `source`; the same again is a duplicate',
    },
    source: {
      type: 'string',
      minLength: 1,
      maxLength: MAX_SOURCE_LENGTH,
      pattern: SOURCE_FORM.source,
      description: 'URI reference (RFC 3986) of the sending system',
    },
    type: { enum: [...eventTypes.keys()] },
    time: {
      type: 'string',
      format: 'date-time',
      pattern: TIME,
      description: 'when it happened, RFC 3339 with offset; not before 2010, not more than 24 hours ahead',
    },
    department: { ...pattern('unit'), description: 'id of the unit that the event belongs to' },
    region: { ...pattern('area'), type: ['string', 'null'], description: FORMATS.area.is },
    subject: { type: ['string', 'null'] },
    data: { type: 'object' },
  },
};

/** Name in `#/components/schemas` → schema: `Envelope`, and each event type under its own name. */
export function eventSchemas(): Record<string, JsonSchema> {
  return {
    Envelope: envelope,
    ...Object.fromEntries([...eventTypes.values()].map((type) => [type.type, eventSchema(type)])),
  };
}

export const schemaRef = (name: string) => ({ $ref: `#/components/schemas/${name}` });

function eventSchema(eventType: EventType): JsonSchema {
  const { type, title, seeds, subject, data, stated } = eventType;
  return {
    title: title.zh,
    description: `${title.en}. Documents: ${seeds}.`,
    type: 'object',
    allOf: [schemaRef('Envelope')],
    required: ['type', 'data', ...(subject === 'required' ? ['subject'] : [])],
    properties: {
      type: { const: type },
      subject: SUBJECTS[subject],
      data: { ...published(data), ...(stated ? { allOf: [stated] } : {}) },
    },
    examples: [exampleOf(eventType)],
  };
}

/** A schema with the formats of this product in the words of JSON Schema. */
function published(schema: object): JsonSchema {
  const { format, description, properties, items, readAs, ...rest } = schema as {
    format?: FormatName;
    description?: string;
    properties?: Record<string, object>;
    items?: object;
    /** Said in words: an event with another form is taken as well. */
    readAs?: object;
    enum?: string[];
  };
  const words = [description, format && FORMATS[format].is].filter(Boolean).join(': ');
  return {
    ...(rest.enum ? { type: 'string' } : {}),
    ...rest,
    ...(format ? FORMATS[format].stated : {}),
    ...(words ? { description: words } : {}),
    ...(properties
      ? { properties: Object.fromEntries(Object.entries(properties).map(([name, one]) => [name, published(one)])) }
      : {}),
    ...(items ? { items: published(items) } : {}),
  };
}
