import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { INSTALL_JAVA, javaCommand } from './kafka-jars.ts';

test('Java below 17 counts as none, wherever it is; JAVA_HOME comes before PATH', () => {
  const directory = mkdtempSync(join(tmpdir(), 'hengjian-java-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  const home = (version: string) => {
    const bin = join(directory, version, 'bin');
    mkdirSync(bin, { recursive: true });
    writeFileSync(join(bin, 'java'), `#!/bin/sh\necho 'openjdk version "${version}" 2020-01-01' >&2\n`);
    chmodSync(join(bin, 'java'), 0o755);
    return { JAVA_HOME: join(directory, version), PATH: bin };
  };
  const [old, older, new17, new25] = [home('11.0.2'), home('1.8.0_402'), home('17.0.15'), home('25')];
  for (const { PATH } of [old, older]) expect(javaCommand({ PATH })).toBeUndefined();
  for (const { PATH } of [new17, new25]) expect(javaCommand({ PATH })).toBe('java');
  expect(javaCommand({ PATH: old.PATH, JAVA_HOME: new17.JAVA_HOME })).toBe(join(new17.PATH, 'java'));
  expect(javaCommand({ PATH: new17.PATH, JAVA_HOME: old.JAVA_HOME })).toBe('java');
  expect(javaCommand({ PATH: directory, JAVA_HOME: directory })).toBeUndefined();
  expect(INSTALL_JAVA).toMatch(/Java 17 or newer and Maven: apt-get install -y openjdk-17/);
});
