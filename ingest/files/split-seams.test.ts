import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mayHoldSeam, seamEnds } from './split-seams.ts';

function pieces(text: string): string[] {
  const bytes = Buffer.from(text);
  if (!mayHoldSeam(bytes)) return [text];
  let start = 0;
  return seamEnds(bytes, 0, bytes.length).map((end) => {
    const piece = bytes.toString('utf8', start, end);
    start = end;
    return piece;
  });
}

test('objects put together come apart as they were, whatever their texts hold', () => {
  const texts = fc.oneof(fc.string(), fc.constantFrom('}{', '"}{"', '\\"}{', '}\uFEFF{', '\\'));
  const object = fc.dictionary(texts, fc.oneof(texts, fc.integer(), fc.array(fc.dictionary(texts, texts))));
  fc.assert(
    fc.property(fc.array(fc.tuple(object, fc.boolean()), { minLength: 1, maxLength: 5 }), (objects) => {
      const lines = objects.map(([value, marked], at) => (marked && at > 0 ? '\uFEFF' : '') + JSON.stringify(value));
      expect(pieces(lines.join(''))).toEqual(lines);
    }),
  );
});

test('what is no row of whole objects stays in one piece', () => {
  for (const text of [
    '{"a":"}{"}',
    '{"a":{"b":1}{"c":2}',
    '}{',
    '{"a":"x}{',
    '[{"a":1}{"b":2}',
    '{"a":1} {"b":2}',
    '}{}{}',
  ])
    expect(pieces(text)).toEqual([text]);
  // The second file breaks off: the event before the seam is whole.
  expect(pieces('{"a":1}{"b":')).toEqual(['{"a":1}', '{"b":']);
});
