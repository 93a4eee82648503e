/** An id with an escape sequence could clear the screen of whoever runs `explain`, or retype its title. */
import { PassThrough, Readable } from 'node:stream';
import { finished, pipeline } from 'node:stream/promises';
import { expect, test } from 'vitest';
import { visibleOutput } from './visible-output.ts';

const EVIL = 'N\u202e1\x1b[2J';

function written(isTTY: boolean, json: boolean) {
  const into = Object.assign(new PassThrough(), { isTTY });
  let said = '';
  into.setEncoding('utf8').on('data', (piece: string) => (said += piece));
  return { out: visibleOutput(into, json), text: () => said };
}

test('text is escaped always, JSON and bytes on a terminal', async () => {
  for (const [isTTY, json, chunk, expected] of [
    [false, false, EVIL, 'N\\u202e1\\u001b[2J'],
    [false, true, EVIL, EVIL],
    [true, true, EVIL, 'N\\u202e1\\u001b[2J'],
    [false, false, Buffer.from(EVIL), EVIL],
    [true, false, Buffer.from(EVIL), 'N\\u202e1\\u001b[2J'],
  ] as const) {
    const { out, text } = written(isTTY, json);
    out.end(chunk);
    await finished(out);
    expect(text()).toBe(expected);
  }
});

test('it is still a stream: it can be piped into and waited for', async () => {
  const { out, text } = written(false, false);
  await pipeline(Readable.from(['a\u2066', 'b\n']), out);
  expect(text()).toBe('a\\u2066b\n');
});
