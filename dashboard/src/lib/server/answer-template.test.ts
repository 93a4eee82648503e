import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { answerTemplate, fillIn, isPlainName } from './answer-template.ts';

const STAND_IN = 'reader-000102030405060708090a0b';
const hashOf = (text: string) => `sha256-${createHash('sha256').update(text).digest('base64')}`;
const page = (name: string) => ({
  script: `start({account:{name:"${name}"},other:1})`,
  html: `<html><head><script src="/x.js"></script></head><body><b>${name}</b><script>start({account:{name:"${name}"},other:1})</script><script>also()</script></body></html>`,
});
const answer = (body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string>, status = 200) =>
  new Response(body, { status, headers });

test('a page with another name is the page made for that name, and its policy lets its scripts run', async () => {
  const { html, script } = page(STAND_IN);
  const policy = (text: string) => `script-src 'self' '${hashOf(text)}' '${hashOf('also()')}'; base-uri 'none'`;
  const template = (await answerTemplate(
    answer(html, { 'content-type': 'text/html', 'content-security-policy': policy(script), etag: '"x"' }),
    STAND_IN,
  ))!;
  const names = fc.stringMatching(/^[\p{L}\p{N}@._-]{1,20}$/u);
  fc.assert(
    fc.property(names, (name) => {
      const filled = fillIn(template, name);
      expect(filled.body.toString()).toBe(page(name).html);
      expect(Object.fromEntries(filled.headers)).toEqual({
        'content-type': 'text/html',
        'content-security-policy': policy(page(name).script),
      });
    }),
  );
});

test('bytes that are no text pass as they are, and the status is kept', async () => {
  const bytes = new Uint8Array([0, 255, 1, 254]);
  const template = (await answerTemplate(answer(bytes, { 'content-type': 'application/x' }, 206), STAND_IN))!;
  expect([template.status, [...fillIn(template, 'zhang').body]]).toEqual([206, [...bytes]]);
});

test('a byte order mark stays', async () => {
  const template = (await answerTemplate(answer('\ufeffa,b\r\n', { 'content-type': 'text/csv' }), STAND_IN))!;
  expect(Buffer.from(fillIn(template, 'zhang').body).toString()).toBe('\ufeffa,b\r\n');
});

test('an answer too long to be held is read no further, and its writer is ended', async () => {
  let pieces = 0;
  let ended = false;
  const body = new ReadableStream<Uint8Array>({
    pull: (controller) => {
      pieces += 1;
      controller.enqueue(new Uint8Array(2 ** 20));
    },
    cancel: () => {
      ended = true;
    },
  });
  const long = new Response(body, { headers: { 'content-type': 'text/csv' } });
  expect(await answerTemplate(long, STAND_IN)).toBeUndefined();
  expect([pieces < 20, ended]).toEqual([true, true]);
});

test('only names that mean the same in every place are put in', () => {
  for (const name of ['office', '李四', 'a.b-c_d', 'someone@example.org']) expect(isPlainName(name)).toBe(true);
  for (const name of ['', 'a b', '<b>', 'a"b', "a'b", 'a&b', 'a\\b', 'a\u2028b', 'a,b', '$&', 'x'.repeat(129)])
    expect([name, isPlainName(name)]).toEqual([name, false]);
});
