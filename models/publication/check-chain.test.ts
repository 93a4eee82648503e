import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Check, checkChain, NO_WITNESSES } from './check-chain.ts';
import { hashJson, sha256 } from './hash-json.ts';
import { NO_PREVIOUS, type PublicationRecord, type Snapshot } from './publication-record.ts';
import { publishedEvent } from './published-event.ts';
import { chainOf, type StoredEvent } from './read-chain.ts';

const TEXT = 'id: nantong-etdz\nversion: 1.0.0\nname: 南通\n';

function snapshotOf(quarter: string, points: string): Snapshot {
  const item = { item: 'claim', weight: '10', points, numerator: 46, denominator: 50, on_time: 40 };
  return {
    spec: 'score-snapshot-v1',
    quarter,
    ruleset: { id: 'nantong-etdz', version: '1.0.0', sha256: sha256(TEXT) },
    cutoff: '2025-07-09',
    units: [{ unit: 'czj', rank: 1, total: points, items: [item] }],
  };
}

/** Three publications: 2025Q1, 2025Q2, and a correction of 2025Q1. */
function storedChain(): StoredEvent[] {
  let previous = NO_PREVIOUS;
  return [
    ['2025Q1', 1, '9'],
    ['2025Q2', 1, '9099/1000'],
    ['2025Q1', 2, '19/2'],
  ].map(([quarter, number, points], i) => {
    const snapshot = snapshotOf(quarter as string, points as string);
    const record: PublicationRecord = {
      spec: 'score-publication-v1',
      sequence: i + 1,
      quarter: quarter as string,
      number: number as number,
      kind: number === 1 ? 'published' : 'corrected',
      published_at: '2025-07-20T09:00:00.000+08:00',
      as_of: '2025-07-20T08:59:58.123456+08:00',
      snapshot_sha256: hashJson(snapshot),
      events: { count: 48430, sha256: sha256('events') },
      previous,
      reason: number === 1 ? '' : 'late',
      by: 'office',
    };
    previous = hashJson(record);
    const event = publishedEvent({ record, snapshot, ruleset_text: TEXT }, previous, record.published_at);
    return {
      id: event.id,
      data: JSON.stringify(event.data),
      extensions: JSON.stringify({ recordsha256: previous }),
      recorded_at: '2025-07-20 09:00:00.000000',
    };
  });
}

const verify = (stored: readonly StoredEvent[]): Check[] => checkChain(chainOf(stored), NO_WITNESSES);
const firstFailure = (stored: readonly StoredEvent[]) => verify(stored).find(({ ok }) => !ok);
const changed = (i: number, change: (data: string) => string): StoredEvent[] =>
  storedChain().map((row, at) => (at === i ? { ...row, data: change(row.data) } : row));

describe('checkChain', () => {
  it('has three checks a publication and one a link, all good', () => {
    const checks = verify(storedChain());
    expect(checks).toHaveLength(12);
    expect(checks.filter(({ ok }) => !ok)).toEqual([]);
  });

  it('hashes as RFC 8785 says: the order of members and white space do not matter', () => {
    expect(hashJson({ b: [1, 'é'], a: null })).toBe(sha256('{"a":null,"b":[1,"é"]}'));
  });

  it.each([
    ['a record', (data: string) => data.replace('"by":"office"', '"by":"0ffice"'), 'record_sha256'],
    ['a snapshot', (data: string) => data.replace('"numerator":46', '"numerator":47'), 'snapshot_sha256'],
    ['a rule set text', (data: string) => data.replace('name: 南通', 'name: 南京'), 'ruleset_text'],
  ])('finds a changed byte in %s, in each publication, by name', (_, change, name) => {
    for (const i of [0, 1, 2]) {
      const failed = verify(changed(i, change)).filter(({ ok }) => !ok);
      expect(failed.map(({ check, sequence }) => [check, sequence])).toContainEqual([name, i + 1]);
      // A changed record also breaks the link after it; nothing else is blamed.
      for (const { check, sequence } of failed)
        expect([
          [name, i + 1],
          ['chain', i + 2],
        ]).toContainEqual([check, sequence]);
    }
  });

  it('finds any changed digit or letter of any stored publication', () => {
    const rows = storedChain();
    fc.assert(
      fc.property(fc.nat({ max: 2 }), fc.nat(), fc.constantFrom('0', '7', 'a', 'f', 'x'), (i, position, letter) => {
        const { data } = rows[i]!;
        const at = position % data.length;
        if (!/[0-9a-z]/.test(data[at]!) || data[at] === letter) return;
        const tampered = `${data.slice(0, at)}${letter}${data.slice(at + 1)}`;
        expect(firstFailure(changed(i, () => tampered))).toBeDefined();
      }),
      { numRuns: 300 },
    );
  });

  it('finds the newest record changed together with its own hash by the table of publications', () => {
    const rows = changed(2, (data) => data.replace('"reason":"late"', '"reason":"lost"'));
    const record = (JSON.parse(rows[2]!.data) as { record: PublicationRecord }).record;
    rows[2] = { ...rows[2]!, extensions: JSON.stringify({ recordsha256: hashJson(record) }) };
    expect(firstFailure(rows)).toBeUndefined();
    const noted = new Map(chainOf(storedChain()).publications.map((one) => [one.record.sequence, one.recordSha256]));
    expect(checkChain(chainOf(rows), { noted, issued: [] }).find(({ ok }) => !ok)).toMatchObject({
      check: 'record_sha256',
      sequence: 3,
    });
  });

  it('misses the newest by the table of publications, and by a circular that tells of it', () => {
    const records = chainOf(storedChain()).publications.map((one) => [one.record.sequence, one.recordSha256] as const);
    const all = { noted: new Map(records), issued: records.map(([, sha256]) => sha256) };
    const failures = (stored: readonly StoredEvent[], witnesses: Partial<typeof all>) =>
      checkChain(chainOf(stored), { ...NO_WITNESSES, ...witnesses })
        .filter(({ ok }) => !ok)
        .map(({ check, sequence, detail }) => [check, sequence, detail.split(':')[0]]);
    expect(failures(storedChain(), all)).toEqual([]);
    const cut = storedChain().slice(0, 2);
    expect(failures(cut, {})).toEqual([]);
    expect(failures(cut, all)).toEqual([['chain', 3, 'publication 3 is missing']]);
    expect(failures(cut, { issued: all.issued })).toEqual([['chain', null, 'a publication is missing']]);
    // One that was changed is not missing.
    const blamed = changed(2, (data) => data.replace('"by":"office"', '"by":"0ffice"'));
    expect(failures(blamed, all).map(([check, sequence]) => [check, sequence])).toEqual([['record_sha256', 3]]);
  });

  it('names a publication that is missing, and one that cannot be read', () => {
    expect(firstFailure(storedChain().filter(({ id }) => id !== '2'))).toMatchObject({
      check: 'chain',
      sequence: 3,
      detail: expect.stringContaining('publication 2 is missing'),
    });
    expect(firstFailure(changed(1, () => '{'))).toMatchObject({ check: 'chain', sequence: 2 });
    expect(firstFailure(changed(1, (data) => data.replace('"number":1', '"number":2')))).toMatchObject({
      check: 'chain',
      sequence: 2,
      detail: expect.stringContaining('it has number 2'),
    });
  });
});
