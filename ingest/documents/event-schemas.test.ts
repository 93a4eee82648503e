/** The published schemas say what the checks say; where JSON Schema has no words for a rule, the documents name it. */
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { Reason } from '@hengjian/contract/reasons.ts';
import { eventTypes } from '@hengjian/contract/schema/event-types.ts';
import { generateDistrict, liveEvents } from '@hengjian/generator';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { EventChecker } from '../check/event-checker.ts';
import { anyEvent, eventOf } from '../testing/arbitrary-event.ts';
import { event, USCC } from '../testing/event.ts';
import { describeLog } from './asyncapi.ts';
import { BEYOND_SCHEMA } from './event-schemas.ts';
import { edgeOpenapi } from './openapi.ts';
import { documentValidator } from './testing/document-validator.ts';

const asyncapi = documentValidator(describeLog({ kafkaTopic: 'supervision.events' }));
const openapi = documentValidator(edgeOpenapi);
const checker = new EventChecker(Date.now());

const reasonFor = (value: unknown): Reason | undefined => {
  const bytes = Buffer.from(JSON.stringify(value));
  return checker.check(bytes, 0, bytes.length, true)?.reason;
};

/** What AsyncAPI says of an event, by the message of its type; a type without a message fits none. */
function misfits(value: Record<string, unknown>): string[] {
  const { type } = value;
  if (typeof type !== 'string' || !eventTypes.has(type)) return ['no message has this type'];
  return asyncapi.errors(`/components/schemas/${type}`, value);
}

/** The checks' yes is the documents' yes; their no is the documents' no, or a reason that the documents name. */
function agree(value: Record<string, unknown>): 'good' | 'both say no' | 'beyond' {
  const reason = reasonFor(value);
  const errors = misfits(value);
  if (reason === undefined) {
    expect([value, errors]).toEqual([value, []]);
    return 'good';
  }
  if (errors.length > 0) return 'both say no';
  expect([value, BEYOND_SCHEMA]).toEqual([value, expect.arrayContaining([reason])]);
  return 'beyond';
}

describe('what is good by the checks fits both documents', () => {
  test.each([...eventTypes.values()].map((type) => [type.type, type] as const))(
    '%s, drawn from its schema',
    (_, type) => {
      fc.assert(
        fc.property(eventOf(type), (drawn) => {
          expect(agree(JSON.parse(JSON.stringify(drawn)) as Record<string, unknown>)).toBe('good');
        }),
        { numRuns: 20 },
      );
    },
  );

  test('OpenAPI takes it as exactly one of its events', () => {
    fc.assert(
      fc.property(anyEvent, (drawn) => {
        const value: unknown = JSON.parse(JSON.stringify(drawn));
        expect([value, openapi.errors('/components/schemas/CloudEvent', value)]).toEqual([value, []]);
      }),
      { numRuns: 60 },
    );
    expect(openapi.errors('/components/schemas/CloudEvent', event({ type: 'no.such' }))).not.toEqual([]);
  });
});

describe('the same judgement on events that were changed', () => {
  const odd = fc.oneof(
    fc.constantFrom<unknown>(
      null,
      true,
      '',
      ' ',
      'x',
      'a b',
      'Z',
      '1',
      [],
      ['1', '1'],
      ['1', '6'],
      {},
      0,
      -1,
      1.5,
      6.1,
      1e16,
      2101,
      '990000',
      '320600',
      '2025-02-30',
      '2024-02-29',
      '1899-12-31',
      '2025-2-3',
      '2025Q5',
      '2025Q2',
      'A13',
      'C13',
      '913501',
      '91350100M000100Y44',
      '2025-04-01T09:00:00',
      '2025-04-01T24:00:00Z',
      '2009-12-31T23:59:59+08:00',
      '2009-12-30T16:01:00-23:59',
      '2016-12-31T23:59:60Z',
      '2025-04-01T09:00:60Z',
      '2099-01-01T00:00:00Z',
      '2025-04-01t09:00:00.5z',
      '%zz',
      '1:a',
      'a#b#c',
      'a\0b',
      'x'.repeat(65),
      'x'.repeat(129),
      'x'.repeat(1025),
      'x'.repeat(4097),
      '😀'.repeat(64),
      '😀'.repeat(256),
      'dr_single',
      'unlicensed',
      'login',
      [USCC],
      ['x'],
      [{ uscc: USCC, doc_no: 'D' }],
    ),
    fc.string({ maxLength: 5 }),
    fc.jsonValue({ maxDepth: 1 }),
  );
  const place = fc.nat(40);

  test('members replaced, removed, of another kind', () => {
    const outcomes = { good: 0, 'both say no': 0, beyond: 0 };
    fc.assert(
      fc.property(
        anyEvent,
        fc.array(fc.tuple(place, fc.option(odd, { nil: undefined })), { maxLength: 2 }),
        (drawn, edits) => {
          const value = JSON.parse(JSON.stringify(drawn)) as Record<string, unknown>;
          for (const [at, replacement] of edits) {
            const data = value.data as Record<string, unknown> | undefined;
            const inside = typeof data === 'object' && data !== null && !Array.isArray(data) ? Object.keys(data) : [];
            const paths = [
              ...Object.keys(value).map((name) => [value, name] as const),
              ...inside.map((name) => [data!, name] as const),
            ];
            const [object, name] = paths[at % paths.length]!;
            if (replacement === undefined) delete object[name];
            else object[name] = replacement;
          }
          outcomes[agree(JSON.parse(JSON.stringify(value)) as Record<string, unknown>)] += 1;
        },
      ),
      { numRuns: 4_000 },
    );
    // The property would hold of nothing if one side of it never came up.
    expect(outcomes.good).toBeGreaterThan(300);
    expect(outcomes['both say no']).toBeGreaterThan(300);
  });

  test.each<[Reason, Record<string, unknown>]>([
    [
      'uscc_check_character',
      { type: 'entity.revoked', subject: '91350100M000100Y44', data: { decided_on: '2025-01-02' } },
    ],
    [
      'days_reversed',
      { type: 'outage.declared', data: { from: '2025-01-03', to: '2025-01-02', units: [], reason: 'x' } },
    ],
    ['time_in_future', { time: '2099-01-01T00:00:00Z' }],
    ['time_too_early', { time: '2009-12-31T09:00:00+08:00' }],
    ['nul_character', { data: { account: 'a\0b' } }],
    ['too_deep', { data: { account: 'a', deep: JSON.parse('['.repeat(63) + ']'.repeat(63)) } }],
  ])('%s is beyond JSON Schema, and said so in both documents', (reason, changes) => {
    const value = event(changes);
    expect([reasonFor(value), agree(value)]).toEqual([reason, 'beyond']);
    expect(describeLog({ kafkaTopic: 't' }).info.description).toContain(`\`${reason}\``);
    expect(edgeOpenapi.paths['/v1/events'].post.description).toContain(`\`${reason}\``);
  });
});

describe('events that exist', () => {
  /** Lines that hold JSON objects; what else bad producers send has no place in a schema. */
  const judged = (lines: Iterable<string>) => {
    const outcomes = { good: 0, 'both say no': 0, beyond: 0 };
    const types = new Set<string>();
    for (const line of lines) {
      let value: unknown;
      try {
        value = JSON.parse(line);
      } catch {
        continue;
      }
      if (typeof value !== 'object' || value === null || Array.isArray(value)) continue;
      const outcome = agree(value as Record<string, unknown>);
      outcomes[outcome] += 1;
      if (outcome === 'good') types.add((value as { type: string }).type);
    }
    return { ...outcomes, types: types.size };
  };

  test('the sample', () => {
    const sample = gunzipSync(readFileSync(new URL('../../samples/nantong-sample.ndjson.gz', import.meta.url)));
    const result = judged(sample.toString('utf8').trimEnd().split('\n'));
    expect(result).toMatchObject({ 'both say no': 0, beyond: 0, types: 27 });
    expect(result.good).toBe(48_903);
  });

  test('a generated district with its defects, and the live stream', () => {
    const district = Buffer.concat([
      ...generateDistrict({ seed: 4, quarters: 2, limit: 20_000, defects: { duplicates: 0.01, bad: 0.02 } }),
    ]);
    const result = judged(district.toString('utf8').split('\n'));
    expect(result.good).toBeGreaterThan(19_000);
    expect(result['both say no'] + result.beyond).toBeGreaterThan(50);
    const live = liveEvents({ seed: 4, now: () => new Date('2026-06-01T10:00:00+08:00') });
    expect(judged(Array.from({ length: 2_000 }, () => live.next().value)).good).toBeGreaterThan(1_900);
  });
});
