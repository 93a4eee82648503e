import { csv } from '@hengjian/contract/csv-text.ts';
import { expect, test } from 'vitest';
import { csvStream } from './csv-stream.ts';

async function* none(): AsyncGenerator<never> {}

test('quotes what needs it, and disarms formulas', () => {
  expect(
    csv([
      ['单位', 'a"b', 'x,y'],
      ['=1+1', '-2', -2.5],
      [null, undefined, 'l1\nl2'],
    ]),
  ).toBe('\ufeff单位,"a""b","x,y"\r\n\'=1+1,\'-2,-2.5\r\n,,"l1\nl2"\r\n');
});

test('names the file for every client', () => {
  const disposition = csvStream('评分-2025Q2.csv', [], none()).headers.get('content-disposition');
  expect(disposition).toBe(
    `attachment; filename="__-2025Q2.csv"; filename*=UTF-8''${encodeURIComponent('评分-2025Q2.csv')}`,
  );
});

test('a stream has one mark and one head, asks for a batch only when it is taken, and ends the question when nobody reads on', async () => {
  let asked = 0;
  let ended = false;
  async function* batches() {
    try {
      for (; asked < 1_000; ) yield [[`=${++asked}`, asked]];
    } finally {
      ended = true;
    }
  }
  const reader = csvStream('评分.csv', ['a', 'b'], batches()).body!.getReader();
  const next = async () => Buffer.from((await reader.read()).value!).toString();
  expect(await next()).toBe('\ufeffa,b\r\n');
  expect(await next()).toBe("'=1,1\r\n");
  expect(await next()).toBe("'=2,2\r\n");
  expect(asked).toBeLessThan(5);
  await reader.cancel();
  expect(ended).toBe(true);
  const whole = csvStream(
    'a.csv',
    ['a'],
    (async function* () {
      yield [['1']];
      yield [];
      yield [['2']];
    })(),
  );
  expect(await whole.text()).toBe('a\r\n1\r\n2\r\n');
  expect(whole.headers.get('content-type')).toBe('text/csv; charset=utf-8');
});

test('a stream that breaks off is an error, not a short file', async () => {
  const broken = csvStream(
    'a.csv',
    ['a'],
    (async function* () {
      yield [['1']];
      throw new Error('the warehouse is away');
    })(),
  );
  await expect(broken.text()).rejects.toThrow('away');
});

test('a name that was cut within a character is a name all the same', () => {
  const disposition = csvStream('甲\ud83d.csv', [], none()).headers.get('content-disposition');
  expect(disposition).toContain(`filename*=UTF-8''${encodeURIComponent('甲\ufffd.csv')}`);
});

test('a formula hides behind no blanks, line ends, tabs or full-width forms', () => {
  for (const sign of '=+-@＝＋－＠')
    for (const before of ['', ' ', '\u3000', '\t', '\r\n', '\n ', '\u00a0', '\ufeff', '\u200b', '\u0000']) {
      const text = `${before}${sign}cmd|x`;
      expect(cellsOf(csv([[text]]))).toBe(`'${text}`);
    }
  // What only holds a sign further on is left alone.
  for (const text of ['a=1', '1+1', '双公示-许可', '9132-1', '']) expect(cellsOf(csv([[text]]))).toBe(text);
});

test('digits that a spreadsheet would round stay text; numbers and shorter ones stay what they are', () => {
  for (const text of ['123456789012', '20250408153012000012345', ' 123456789012 ', '123456789012.0'])
    expect(cellsOf(csv([[text]]))).toBe(`'${text}`);
  for (const text of ['12345678901', '202504', '91350100M000100Y43', '2025-04-08 09:00:00'])
    expect(cellsOf(csv([[text]]))).toBe(text);
  expect(csv([[1_234_567_890_123]])).toBe('\ufeff1234567890123\r\n');
});

/** The one cell of a file. */
const cellsOf = (text: string): string =>
  text
    .slice(1, -2)
    .replace(/^"([\s\S]*)"$/, '$1')
    .replaceAll('""', '"');
