/** The published schemas say what the checks say; where JSON Schema has no words for a rule, the documents name it. */

import type { Reason } from '@hengjian/contract/reasons.ts';
import { eventTypes } from '@hengjian/contract/schema/event-types.ts';
import { propertyRuns } from '@hengjian/contract/testing/property-runs.ts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anyEvent, eventOf } from '../testing/arbitrary-event.ts';
import { event, USCC } from '../testing/event.ts';
import { describeLog } from './asyncapi.ts';
import { edgeOpenapi } from './openapi.ts';
import { documentValidator } from './testing/document-validator.ts';
import { agree, reasonFor } from './testing/judge-event.ts';

const openapi = documentValidator(edgeOpenapi);

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
      { numRuns: propertyRuns(4_000) },
    );
    // The property would hold of nothing if one side of it never came up.
    expect(outcomes.good).toBeGreaterThan(propertyRuns(300));
    expect(outcomes['both say no']).toBeGreaterThan(propertyRuns(300));
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
