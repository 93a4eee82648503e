import { expect, test } from 'vitest';
import { maskedEvent } from './masked-event.ts';

const trader = '92320602MA1XYGH30C';
const firm = '91350100M000100Y43';
const line = (type: string, subject: string, data: string) =>
  `{"specversion":"1.0","id":"13812345678","type":"${type}","subject":"${subject}","data":${data}}`;

test('a sole trader keeps its first character, a person in a firm too', () => {
  const data = '{"name":"王小明便利店","n":[{"legal_representative":"王小明"}],"exact":12345678901234567890.10}';
  expect(maskedEvent(line('entity.registered', trader, data))).toBe(
    line(
      'entity.registered',
      trader,
      '{"name":"王***","n":[{"legal_representative":"王***"}],"exact":12345678901234567890.10}',
    ),
  );
  expect(maskedEvent(line('entity.registered', firm, data))).toContain(
    '"name":"王小明便利店","n":[{"legal_representative":"王***"',
  );
  expect(maskedEvent(line('inspector.registered', '', '{"inspector":"i-1","name":"王巡"}'))).toContain(
    '{"inspector":"i-1","name":"王***"}',
  );
});

test('numbers are hidden in what people wrote, and by no number two things become one', () => {
  const data = '{"push_id":"13812345678","reason":"联系人 13812345678"}';
  expect(maskedEvent(line('push.returned', firm, data))).toBe(
    line('push.returned', firm, '{"push_id":"13812345678","reason":"联系人 ***"}'),
  );
});

test('what names nobody stays byte for byte', () => {
  const whole = line('push.claimed', firm, '{ "push_id" : "P-1", "a":1e2 }');
  expect(maskedEvent(whole)).toBe(whole);
});
