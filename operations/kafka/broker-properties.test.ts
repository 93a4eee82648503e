import { expect, test } from 'vitest';
import { brokerProperties } from './broker-properties.ts';

/** As java.util.Properties does, of what is written here. */
const read = (text: string) =>
  text
    .replace(/^(\\ )/, ' ')
    .replaceAll(/\\(?:u([0-9a-f]{4})|(.))/g, (_, code?: string, other?: string) =>
      code ? String.fromCharCode(Number.parseInt(code, 16)) : other!,
    );

test.each(['/衡 鉴/a&b', `C:\\users\\u00e4`, ` leads "and' ends `, '/a\n/b\t=c#d!e:f', '/😀'])(
  '%j is read as what it is',
  (value) => {
    const lines = brokerProperties({ port: 1, controllerPort: 2 }, { 'ssl.keystore.location': value }).split('\n');
    const line = lines.find((one) => one.startsWith('ssl.keystore.location='))!;
    expect(line).toMatch(/^[ -~]+$/);
    expect(read(line.slice('ssl.keystore.location='.length))).toBe(value);
  },
);

test('where the log lies is said from the broker’s own directory, so that no path has to be written', () => {
  expect(brokerProperties({ port: 1, controllerPort: 2 })).toContain('\nlog.dirs=log\n');
});
