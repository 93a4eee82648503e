/** 150,000 rows once ended in "Maximum call stack size exceeded", and a million in one string more than an engine of JavaScript holds. */
import { Writable } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { propertyRuns } from '@hengjian/contract/testing/property-runs.ts';
import { writePieces } from '@hengjian/warehouse/write-pieces.ts';
import { expect, test } from 'vitest';
import { explanationJson } from '../queries/explanation-json.ts';
import type { LostPoint, OpenExplanation } from '../queries/read-explanation.ts';
import { explanationText } from './explain.ts';
import { textTable } from './text-table.ts';

const MANY = propertyRuns(1_000_000);
const row = (n: number): LostPoint => ({
  kind: 'unclaimed',
  key: `P-${n}`,
  subject: null,
  event: { source: '/s', id: `e-${n}` },
  due: '2025-04-30',
  happened: null,
  clause: '§1',
  points: 0.5,
});

const POINTS = { weight: 10, points_exact: '5' };

function explanationOf(count: number, points: object = POINTS) {
  const handed = { rows: 0 };
  async function* rows() {
    for (let n = 0; n < count; n += 1) {
      handed.rows += 1;
      yield row(n);
    }
  }
  const head = {
    ...{ quarter: '2025Q2', unit: 'scjg', name: '认领', name_en: 'claim', formula: 'f', clause: 'c' },
    ...points,
  };
  return {
    explanation: { head, called: { zh: '市场监管局', en: 'Market Regulation' }, rows } as unknown as OpenExplanation,
    handed,
  };
}

/** A reader slower than the writer. @param taken is told each piece */
const slowReader = (taken: (text: string) => void) =>
  new Writable({
    decodeStrings: false,
    highWaterMark: 64 * 1024,
    write(chunk: string, _, done) {
      taken(chunk);
      void turn().then(() => done());
    },
  });

test('many rows (a million in the thorough run) go out piece by piece, as JSON and as text; rows are not read ahead of the reader', {
  timeout: 120_000,
}, async () => {
  for (const [format, passes] of [
    [explanationJson, 1],
    [(one: OpenExplanation) => explanationText(one, 'en'), 2],
  ] as const) {
    const { explanation, handed } = explanationOf(MANY);
    let [taken, ahead, last] = [0, 0, ''];
    const reader = slowReader((text) => {
      taken += text.split('P-').length - 1;
      ahead = Math.max(ahead, handed.rows - (passes - 1) * MANY - taken);
      last = text;
    });
    await writePieces(reader, format(explanation));
    expect([taken, handed.rows]).toEqual([MANY, passes * MANY]);
    expect(ahead).toBeLessThan(5_000);
    expect(last).toContain(`P-${MANY - 1}`);
  }
});

test('the JSON is that of the whole explanation, the text that of the whole table', async () => {
  for (const count of [0, 1, 3]) {
    const { explanation } = explanationOf(count);
    const lost = Array.from({ length: count }, (_, n) => row(n));
    const json = (await Array.fromAsync(explanationJson(explanation))).join('');
    expect(json).toBe(`${JSON.stringify({ ...explanation.head, lost })}\n`);
    const text = (await Array.fromAsync(explanationText(explanation, 'en'))).join('');
    expect(text).toContain('2025Q2 · Market Regulation (scjg) · claim');
    const chinese = (await Array.fromAsync(explanationText(explanation, 'zh'))).join('');
    expect(chinese).toContain(count === 0 ? '未失分。' : '未认领 unclaimed  P-0');
    expect(text).toContain(count === 0 ? 'Nothing was lost.' : 'unclaimed  P-0');
  }
});

test('of a rate no row has a cost', async () => {
  const textOf = async (count: number) =>
    (await Array.fromAsync(explanationText(explanationOf(count, {}).explanation, 'en'))).join('');
  expect(await textOf(0)).toContain('Nothing was missed or late.');
  expect(await textOf(1)).toContain('cause      key');
  expect(await textOf(1)).not.toMatch(/cost|0\.5/);
});

test('a table of 300,000 rows overflows no stack, and an id breaks no line', () => {
  const rows = Array.from({ length: 300_000 }, (_, n) => [`${n}`, 'x']);
  expect(
    textTable(['id', 'b'], [...rows, ['P\n\u202e1', '值']])
      .split('\n')
      .slice(-2),
  ).toEqual(['299999          x', 'P\\u000a\\u202e1  值']);
});
