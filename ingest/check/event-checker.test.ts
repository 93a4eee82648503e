import { isUtf8 } from 'node:buffer';
import { TEXT_COLUMNS } from '@hengjian/contract/facts/fact-columns.ts';
import type { RuleLimits } from '@hengjian/contract/rule-limits.ts';
import { eventTypes } from '@hengjian/contract/schema/event-types.ts';
import { propertyRuns } from '@hengjian/contract/testing/property-runs.ts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anyEvent, eventOf } from '../testing/arbitrary-event.ts';
import { event, USCC } from '../testing/event.ts';
import { checkExactly } from './check-exactly.ts';
import { EventChecker } from './event-checker.ts';
import { EventFields } from './event-fields.ts';
import { latestMicros } from './legal-clock.ts';
import { EnvelopeScanner } from './scan-envelope.ts';
import { Terms } from './term.ts';

const NOW = Date.parse('2026-07-01T00:00:00Z');

/** All that is stored of an event. */
function columns(fields: EventFields) {
  const part = (start: number, end: number) => fields.bytes.toString('utf8', start, end);
  return {
    source: fields.source.text,
    type: fields.type.text,
    department: fields.department.text,
    region: fields.region.text,
    id: part(fields.idStart, fields.idEnd),
    subject: part(fields.subjectStart, fields.subjectEnd),
    data: part(fields.dataStart, fields.dataEnd),
    extensions: fields.extensions.toString('utf8', 0, fields.extensionsEnd),
    time: fields.timeMicros,
    offset: fields.utcOffsetMinutes,
    mark: fields.factsMark,
    facts: fields.facts.json.toString('utf8', 0, fields.facts.end),
    texts: TEXT_COLUMNS.map((_, i) =>
      fields.facts.bytes.toString('utf8', fields.facts.starts[i], fields.facts.ends[i]),
    ),
    day: fields.facts.day,
  };
}

/** Of some rule set. */
const LIMITS = { marks: { unlicensed: 5, dr_single: 6 } };

function check(line: string | Buffer, limits: RuleLimits | undefined = LIMITS) {
  const bytes = Buffer.isBuffer(line) ? line : Buffer.from(line);
  const checker = new EventChecker(NOW, limits);
  const rejection = checker.check(bytes, 0, bytes.length, isUtf8(bytes));
  return rejection ?? columns(checker.fields);
}

const reasonFor = (changes: Record<string, unknown>) => check(JSON.stringify(event(changes)));
const withData = (type: string, data: object, more: object = {}) => reasonFor({ type, data, ...more });

describe('both paths', () => {
  const terms = new Terms();
  const scanner = new EnvelopeScanner(terms);
  const fast = new EventFields();
  const exact = new EventFields();

  /** @returns whether the fast path said yes; then the exact path must say the same. */
  function agree(bytes: Buffer): boolean {
    const rejection = checkExactly(bytes, NOW, terms, exact);
    // Terms of good events are known now, so the fast path has its chance.
    const padded = Buffer.concat([Buffer.from('x\n'), bytes, Buffer.from('\n}"')]);
    if (!isUtf8(bytes) || !scanner.scan(padded, 2, 2 + bytes.length, latestMicros(NOW), fast)) return false;
    expect(rejection).toBeUndefined();
    expect(columns(fast)).toEqual(columns(exact));
    return true;
  }

  test.each([...eventTypes.values()].map((type) => [type.type, type] as const))(
    '%s: every event drawn from its schema is good',
    (_, type) => {
      fc.assert(
        fc.property(eventOf(type), (drawn) => {
          expect(checkExactly(Buffer.from(JSON.stringify(drawn)), NOW, terms, exact)).toBeUndefined();
          agree(Buffer.from(JSON.stringify(drawn)));
        }),
        { numRuns: 20 },
      );
    },
  );

  test('plain events take the fast path', () => {
    for (const changes of [
      {},
      { region: '320671001', subject: USCC, datacontenttype: 'application/json' },
      { type: 'push.claimed', data: { push_id: 'P1' } },
      {
        type: 'quarter_list.submitted',
        data: { quarter: '2025Q1', kind: 'licence', rows: [{ uscc: USCC, doc_no: '甲', decided_on: '2025-01-02' }] },
      },
      {
        type: 'penalty.entered',
        subject: USCC,
        data: { doc_no: 'D', decided_on: '2025-01-02', procedure: 'general', kind: '罚款', amount: 12.5, more: true },
      },
    ])
      expect(agree(Buffer.from(JSON.stringify(event(changes)))), JSON.stringify(changes)).toBe(true);
  });

  const spacing = fc.constantFrom('', ' ', '\n', '\t ', '\r\n');
  /** JSON with random spacing, escapes and order of members. */
  const written = fc
    .tuple(anyEvent, fc.infiniteStream(spacing), fc.boolean(), fc.boolean())
    .map(([drawn, spaces, escaped, reverse]) => {
      const gap = () => spaces.next().value;
      const write = (value: unknown): string => {
        if (Array.isArray(value)) return `[${gap()}${value.map(write).join(`${gap()},${gap()}`)}${gap()}]`;
        if (typeof value === 'object' && value !== null) {
          const members = Object.entries(value).map(
            ([name, member]) => `${write(name)}${gap()}:${gap()}${write(member)}`,
          );
          return `{${gap()}${(reverse ? members.reverse() : members).join(`${gap()},${gap()}`)}${gap()}}`;
        }
        const json = JSON.stringify(value);
        return escaped && typeof value === 'string'
          ? json.replaceAll(/[^\x20-\x7e]/g, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`)
          : json;
      };
      return gap() + write(drawn) + gap();
    });

  test('whatever the spacing, the escapes and the order of members', () => {
    fc.assert(
      fc.property(written, (text) => {
        expect(checkExactly(Buffer.from(text), NOW, terms, exact)).toBeUndefined();
        agree(Buffer.from(text));
      }),
      { numRuns: 500 },
    );
  });

  test('whatever bytes are changed, removed, repeated', () => {
    let fastSaidYes = 0;
    const piece = fc.constantFrom(
      '"',
      '\\',
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '0',
      '-',
      '1e5',
      'null',
      ' ',
      '\0',
      '\\u0000',
      '\\ud800',
      '\u00e9',
      '"id":"x",',
      '"data":{},',
    );
    fc.assert(
      fc.property(written, fc.array(fc.tuple(fc.nat(), fc.nat(3), piece), { maxLength: 3 }), (text, edits) => {
        let bytes = Buffer.from(text);
        for (const [place, cut, insert] of edits) {
          const at = place % (bytes.length + 1);
          bytes = Buffer.concat([bytes.subarray(0, at), Buffer.from(insert), bytes.subarray(at + cut)]);
        }
        if (agree(bytes)) fastSaidYes += 1;
      }),
      { numRuns: propertyRuns(3_000) },
    );
    expect(fastSaidYes).toBeGreaterThan(propertyRuns(100));
  });

  test('any bytes at all: a reason, never an exception', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(check(Buffer.from(bytes))).toHaveProperty('reason');
      }),
      { numRuns: 500 },
    );
  });
});

describe('envelope', () => {
  test.each([
    [{ specversion: '0.3' }, 'specversion'],
    [{ specversion: 1 }, 'wrong_type'],
    [{ id: '' }, 'id_length'],
    [{ id: 'x'.repeat(65) }, 'id_length'],
    [{ id: 7 }, 'wrong_type'],
    [{ id: undefined }, 'missing_member'],
    [{ source: '' }, 'source_uri'],
    [{ source: 'a b' }, 'source_uri'],
    [{ source: '%zz' }, 'source_uri'],
    [{ type: 'no.such' }, 'unknown_type'],
    [{ type: 'constructor' }, 'unknown_type'],
    [{ time: '2025-04-01T09:00:00' }, 'time_without_offset'],
    [{ time: '2025-04-01 09:00:00+08:00' }, 'time_form'],
    [{ time: '2025-02-29T09:00:00Z' }, 'time_form'],
    [{ time: '2025-04-01T24:00:00Z' }, 'time_form'],
    [{ time: '2025-04-01T09:00:00+0800' }, 'time_form'],
    [{ time: '2025-04-01T09:00:00.Z' }, 'time_form'],
    [{ time: '2025-04-01T09:00:60Z' }, 'time_form'],
    [{ time: '2009-12-31T23:59:59+08:00' }, 'time_too_early'],
    [{ time: '2009-12-31T15:59:59Z' }, 'time_too_early'],
    [{ time: '2010-01-01T00:30:00+09:00' }, 'time_too_early'],
    [{ time: '2026-07-02T00:00:00.000001Z' }, 'time_in_future'],
    [{ department: undefined }, 'missing_member'],
    [{ department: '' }, 'department_form'],
    [{ department: 'a b' }, 'department_form'],
    [{ region: '990000' }, 'region_code'],
    [{ region: '' }, 'region_code'],
    [{ region: 320600 }, 'wrong_type'],
    [{ data: undefined }, 'missing_member'],
    [{ data: [] }, 'wrong_type'],
    [{ data: '见附件' }, 'wrong_type'],
    [{ subject: '' }, 'subject_form'],
    [{ data: { account: 'a\0b' } }, 'nul_character'],
    [{ data: { account: 'a', deep: JSON.parse('['.repeat(63) + ']'.repeat(63)) } }, 'too_deep'],
  ])('%j → %s', (changes, reason) => {
    expect(reasonFor(changes)).toMatchObject({ reason });
  });

  test.each([
    ['2025-04-01T09:00:00+0800', 'lacks the colon of the offset; write +08:00'],
    ['2025-04-01T09:00:00.5-0330', 'lacks the colon of the offset; write -03:30'],
    ['2025-04-01T09:00:00+08', 'lacks the minutes of the offset; write +08:00'],
    ['2025-04-01T25:00:00+08:00', 'is not a real RFC 3339 time'],
  ])('%s %s', (time, fault) => {
    expect(reasonFor({ time })).toMatchObject({ reason: 'time_form', detail: expect.stringContaining(fault) });
  });

  test.each([
    // By the clock of Shanghai it is 2010 there.
    [{ time: '2009-12-31T16:00:00Z' }, { time: Date.UTC(2009, 11, 31, 16) * 1000 }],
    [{ time: '2010-01-01T00:00:00+08:00' }, { time: Date.UTC(2009, 11, 31, 16) * 1000 }],
    [{ time: '2026-07-02T00:00:00Z' }, { time: Date.UTC(2026, 6, 2) * 1000 }],
    [{ time: '2025-04-01T09:00:00.1234569+08:00' }, { time: Date.UTC(2025, 3, 1, 1) * 1000 + 123456, offset: 480 }],
    [{ time: '2025-04-01t09:00:00z' }, { time: Date.UTC(2025, 3, 1, 9) * 1000, offset: 0 }],
    [{ time: '2016-12-31T23:59:60Z' }, { time: Date.UTC(2017, 0, 1) * 1000 - 1 }],
    [{ time: '2025-04-01T09:00:00-03:30' }, { time: Date.UTC(2025, 3, 1, 12, 30) * 1000, offset: -210 }],
    [{ id: '😀'.repeat(64) }, { id: '😀'.repeat(64) }],
    [
      { region: null, subject: null },
      { region: '', subject: '' },
    ],
    [{ region: '园区-1' }, { region: '园区-1' }],
    [{ subject: 'anything', data: { account: 'x' } }, { subject: 'anything' }],
    [{ traceparent: '00-1', sequence: 5 }, { extensions: '{"traceparent":"00-1","sequence":5}' }],
  ])('%j is good', (changes, stored) => {
    expect(reasonFor(changes)).toMatchObject(stored);
  });

  test.each([
    ['{"a":1', 'json_syntax'],
    ['', 'json_syntax'],
    ['[]', 'not_an_object'],
    ['null', 'not_an_object'],
    ['"x"', 'not_an_object'],
    ['NaN', 'json_syntax'],
    ['['.repeat(100_000), 'too_deep'],
    ['{"a":'.repeat(100_000), 'too_deep'],
    [Buffer.from([0x7b, 0xff, 0x7d]), 'utf8'],
    [Buffer.alloc(20), 'json_syntax'],
    [`{"specversion":"1.0","x":"${'a'.repeat(5_000_000)}"}`, 'too_large'],
    ['{"id":"\\ud800"}', 'lone_surrogate'],
    ['{"id":"a","id":"b"}', 'duplicate_member'],
    ['{"data":{"x":{"a":1,"a":2}}}', 'duplicate_member'],
    ['{"__proto__":1,"__proto__":2}', 'duplicate_member'],
  ])('bytes %#: %s', (bytes, reason) => {
    expect(check(bytes)).toMatchObject({ reason });
  });

  test('what could be read of a refused event is told', () => {
    expect(reasonFor({ id: 'known', time: 'x' })).toMatchObject({
      id: 'known',
      source: expect.any(String),
      type: 'login.succeeded',
    });
  });
});

describe('data', () => {
  const mark = { quarter: '2025Q1', item: 'dr_single', unit: 'scjg', points: 6, reason: '核查', approver: '联席办' };
  const list = (row: object) => ({ quarter: '2025Q1', kind: 'licence', rows: [row] });
  const row = { uscc: USCC, doc_no: 'D1', decided_on: '2025-01-02' };
  const registered = { name: '甲', kind: 'enterprise', industry: 'C', registered_on: '2025-01-02' };

  test.each<[string, object, string, object?]>([
    ['login.succeeded', {}, 'missing_member'],
    ['login.succeeded', { account: 5 }, 'wrong_type'],
    ['login.succeeded', { account: '' }, 'text_length'],
    ['entity.registered', registered, 'missing_member'],
    ['entity.registered', registered, 'uscc_check_character', { subject: '91350100M000100Y44' }],
    ['entity.registered', registered, 'uscc_form', { subject: '91350100m000100y43' }],
    ['entity.registered', registered, 'uscc_form', { subject: '913501' }],
    ['entity.registered', { ...registered, industry: 'Z' }, 'industry_code', { subject: USCC }],
    ['entity.registered', { ...registered, industry: 'A13' }, 'industry_code', { subject: USCC }],
    ['entity.registered', { ...registered, registered_on: '2025-02-30' }, 'day_form', { subject: USCC }],
    ['entity.registered', { ...registered, registered_on: '2025-2-3' }, 'day_form', { subject: USCC }],
    ['registration.pushed', { push_id: 'P', bucket: 'both', matters: [] }, 'not_in_list', { subject: USCC }],
    ['registration.pushed', { push_id: 'P', bucket: 'licensed', matters: 'M1' }, 'wrong_type', { subject: USCC }],
    ['push.voided', { push_id: 'P', reason: ' ' }, 'blank_text'],
    ['push.outcome_fed_back', { push_id: 'P', outcome: 'licensed', decided_on: '昨天' }, 'day_form'],
    [
      'penalty.entered',
      { doc_no: 'D', decided_on: '2025-01-02', procedure: 'general', kind: 'k', amount: -1 },
      'out_of_range',
      { subject: USCC },
    ],
    ['quarter_list.submitted', list({ ...row, uscc: '91350100M000100Y44' }), 'uscc_check_character'],
    ['quarter_list.submitted', list({ uscc: USCC, doc_no: 'D1' }), 'missing_member'],
    ['quarter_list.submitted', { ...list(row), quarter: '2025Q5' }, 'quarter_form'],
    ['quarter_list.submitted', { ...list(row), quarter: '2025-04' }, 'quarter_form'],
    ['draft.shown', { quarter: '2025-13', shown_on: '2025-05-06' }, 'quarter_form'],
    ['library.updated', { library: 'items', count: 1.5 }, 'wrong_type'],
    ['plan.filed', { plan_id: 'p', year: '2025' }, 'wrong_type'],
    ['task.created', { task_id: 't', year: 2025, scope: 'single', lead: 'scjg', directed: 'true' }, 'wrong_type'],
    ['draw.executed', { task_id: 't', objects: [USCC, 'x'] }, 'uscc_form'],
    ['result.entered', { task_id: 't', codes: ['1', '6'] }, 'codes_exclusive', { subject: USCC }],
    ['result.entered', { task_id: 't', codes: ['Z'] }, 'not_in_list', { subject: USCC }],
    ['mark.awarded', { ...mark, points: 6.1 }, 'mark_points'],
    ['mark.awarded', { ...mark, points: -0.5 }, 'mark_points'],
    ['mark.awarded', { ...mark, item: 'unlicensed', points: 5.5 }, 'mark_points'],
    ['mark.awarded', { ...mark, item: 'login' }, 'mark_item'],
    ['mark.awarded', { ...mark, item: 'toString' }, 'mark_item'],
    ['mark.awarded', { ...mark, reason: '' }, 'blank_text'],
    ['mark.awarded', { ...mark, approver: undefined }, 'missing_member'],
    ['mark.awarded', { ...mark, points: '6' }, 'wrong_type'],
    ['outage.declared', { from: '2025-01-03', to: '2025-01-02', units: [], reason: 'x' }, 'days_reversed'],
    ['meeting.held', { meeting_id: 'm', required: ['a b'] }, 'unit_id'],
    ['meeting.attended', { meeting_id: 'm', status: 'late' }, 'not_in_list'],
  ])('%s %j → %s', (type, data, reason, more) => {
    expect(withData(type, data, more)).toMatchObject({ reason, detail: expect.stringMatching(/\S/) });
  });

  test.each<[string, object, object?]>([
    ['mark.awarded', mark],
    ['mark.awarded', { ...mark, points: 0 }],
    ['mark.awarded', { ...mark, item: 'unlicensed', points: 5 }],
    ['quarter_list.submitted', { quarter: '2025Q1', kind: 'dishonest', rows: [] }],
    ['draft.shown', { quarter: '2025Q1', shown_on: '2026-02-06' }],
    ['draft.shown', { quarter: '2025-04', shown_on: '2026-02-06' }],
    ['draft.shown', { quarter: '2025', shown_on: '2026-02-06' }],
    ['outage.declared', { from: '2025-01-02', to: '2025-01-02', units: [], reason: 'x' }],
    ['entity.registered', { ...registered, industry: 'C13' }, { subject: '92320671TBPEAJEC3U' }],
    ['enterprise.notified', {}],
    ['chattel_mortgage', { doc_no: 5, anything: { at: 'all' } }],
    ['risk.disposed', {}],
  ])('%s %j is good', (type, data, more) => {
    expect(withData(type, data, more)).toMatchObject({ type, data: JSON.stringify(data) });
  });
});

test('which items take marks, and how many points, only the rule sets say: another rule set, another verdict', () => {
  const data = { quarter: '2025Q1', item: 'honesty', unit: 'scjg', points: 8, reason: '核查', approver: '联席办' };
  const reason = (limits: RuleLimits | null, changes: object = {}) => {
    const line = JSON.stringify(event({ type: 'mark.awarded', data: { ...data, ...changes } }));
    const bytes = Buffer.from(line);
    return new EventChecker(NOW, limits ?? undefined).check(bytes, 0, bytes.length, true)?.reason;
  };
  expect(reason({ marks: { honesty: 8 } })).toBeUndefined();
  expect(reason({ marks: { honesty: 7.5 } })).toBe('mark_points');
  expect(reason(LIMITS)).toBe('mark_item');
  expect(reason({ marks: {} })).toBe('mark_item');
  // Where no rule set is known a mark is still none below 0, without a reason, or without an approver.
  expect(reason(null)).toBeUndefined();
  expect(reason(null, { points: -1 })).toBe('mark_points');
  expect(reason(null, { reason: ' ' })).toBe('blank_text');
  expect(reason(null, { approver: undefined })).toBe('missing_member');
});
