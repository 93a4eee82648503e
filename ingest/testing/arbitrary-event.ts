/** Good events of every type, drawn from the schemas themselves. */

import type { EventType } from '@hengjian/contract/schema/event-type.ts';
import { eventTypes } from '@hengjian/contract/schema/event-types.ts';
import { usccCheckCharacter } from '@hengjian/contract/schema/uscc.ts';
import fc from 'fast-check';
import type { TSchema } from 'typebox';

interface Schema {
  type?: string;
  format?: string;
  enum?: string[];
  minimum?: number;
  maximum?: number;
  items?: Schema;
  required?: string[];
  properties?: Record<string, Schema>;
  readAs?: Schema;
}

const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const from = (alphabet: string, length: number) =>
  fc.string({ unit: fc.constantFrom(...alphabet), minLength: length, maxLength: length });

export const uscc = fc
  .tuple(from(ALPHABET, 2), from('0123456789', 6), from(ALPHABET, 9))
  .map((parts) => parts.join(''))
  .map((code) => code + usccCheckCharacter(code));
const day = fc
  .date({ min: new Date('2010-01-01'), max: new Date('2030-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }).filter((value) => !value.includes('\0'));
const unit = fc.constantFrom('scjg', 'xzsp', '综合执法局', 'u-1.2_3');

const FORMATS: Record<string, fc.Arbitrary<string>> = {
  uscc,
  day,
  unit,
  quarter: fc.constantFrom('2024Q4', '2025Q1', '2025Q2'),
  period: fc.constantFrom('2024Q4', '2025-04', '2025'),
  industry: fc.constantFrom('A', 'C', 'T', '13', 'C13', 'F5212', '5212'),
  written: text.map((value) => `x${value}`),
};

function arbitraryOf(schema: Schema): fc.Arbitrary<unknown> {
  if (schema.readAs) return fc.oneof(arbitraryOf(schema.readAs), arbitraryOf({}));
  if (schema.enum) return fc.constantFrom(...schema.enum);
  switch (schema.type) {
    case 'string':
      return schema.format ? FORMATS[schema.format]! : text;
    case 'boolean':
      return fc.boolean();
    case 'integer':
      return fc.integer({ min: schema.minimum ?? -1e6, max: Math.min(schema.maximum ?? 1e6, 1e9) });
    case 'number':
      return fc.oneof(fc.integer({ min: 0, max: 1e6 }), fc.double({ min: 0, max: 1e6, noNaN: true }));
    case 'array':
      return fc.array(arbitraryOf(schema.items!), { maxLength: 4 });
    case 'object':
      return objectOf(schema);
    default:
      return fc.oneof(text, fc.integer(), fc.boolean(), fc.constant(null), fc.array(text, { maxLength: 2 }));
  }
}

function objectOf({ properties = {}, required = [] }: Schema): fc.Arbitrary<Record<string, unknown>> {
  const members = Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, arbitraryOf(schema)]));
  return fc.record(members, { requiredKeys: required });
}

/** Rules between members are met by construction. */
function dataOf({ type, data }: EventType): fc.Arbitrary<Record<string, unknown>> {
  const any = objectOf(data as TSchema as Schema);
  if (type === 'mark.awarded')
    return any.map((mark) => ({ ...mark, item: 'dr_single', points: Math.min(6, Number(mark.points) || 0) }));
  if (type === 'outage.declared') return any.map((outage) => ({ ...outage, from: '2025-01-01', to: '2025-01-03' }));
  if (type === 'result.entered')
    return any.map((result) => ({ ...result, codes: (result.codes as string[]).filter((code) => code !== '1') }));
  return any;
}

const time = fc
  .tuple(
    fc.date({ min: new Date('2010-01-02'), max: new Date('2026-06-30'), noInvalidDate: true }),
    fc.constantFrom('Z', '+08:00', '-05:30', '+00:00'),
    fc.constantFrom('', '.1', '.123', '.123456', '.123456789'),
  )
  .map(([date, offset, fraction]) => `${date.toISOString().slice(0, 19)}${fraction}${offset}`);

export function eventOf(type: EventType): fc.Arbitrary<Record<string, unknown>> {
  return fc
    .record(
      {
        id: fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 64 }),
        source: fc.constantFrom('https://platform.example/a', 'urn:x', '/relative?q=1'),
        time,
        department: unit,
        data: dataOf(type),
        region: fc.constantFrom('320671001', '320600', 'park-3', '园区'),
        subject: uscc,
        datacontenttype: fc.constant('application/json'),
      },
      {
        requiredKeys: [
          'id',
          'source',
          'time',
          'department',
          'data',
          ...(type.subject === 'required' ? ['subject' as const] : []),
        ],
      },
    )
    .map((event) => ({ specversion: '1.0', type: type.type, ...event }));
}

export const anyEvent = fc.constantFrom(...eventTypes.values()).chain(eventOf);
