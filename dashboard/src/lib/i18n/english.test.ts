/** What is said in English holds neither Chinese nor the signs that belong to Chinese text. */
import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { chartMessages } from '../charts/chart-messages.ts';
import { catalogue } from './catalogue.ts';

const src = fileURLToPath(new URL('../../', import.meta.url));
/** Letters, and the signs of full width: 。、「」（），：；！？ and the like. */
const CHINESE = /[\p{Script=Han}\u3000-\u303f\uff00-\uffef]/u;
const SIGN = '[\u3001-\u303f\uff01-\uff5e]';
/** A sign beside what is put in, whatever the language: `${name}（${id}）`, `{name}：`. */
const BESIDE_A_VALUE = new RegExp(`\\}${SIGN}|${SIGN}\\$?\\{`, 'u');

/** Names: of the other language in itself, and of documents, which are quoted as they are. */
const NAMES = ['切换到中文', '中文', '国办发〔2024〕54号', '通联席办〔2025〕7号'];
const withoutNames = (text: string) => NAMES.reduce((left, name) => left.replaceAll(name, ''), text);

test('the catalogue', () => {
  const found = Object.entries(catalogue).filter(([, [, english]]) => CHINESE.test(withoutNames(english)));
  expect(found).toEqual([]);
});

test('the charts', () => {
  const found = Object.entries(chartMessages('en')).filter(([, text]) => CHINESE.test(String(text)));
  expect(found).toEqual([]);
});

test('no component shows a sign of full width in both languages', () => {
  const found = globSync('**/*.svelte', { cwd: src }).flatMap((file) =>
    readFileSync(`${src}${file}`, 'utf8')
      .split('\n')
      .filter((line) => /[\uff01-\uff5e]/.test(line) && !asksForLanguage(line) && !/^\s*content: /.test(line))
      .map((line) => `${file}: ${line.trim()}`),
  );
  expect(found).toEqual([]);
});

test('no component or text puts such a sign beside a value without asking for the language', () => {
  const files = globSync('**/*.{svelte,ts}', { cwd: src }).filter((file) => !/\.test\.ts$|messages/.test(file));
  expect(files.length).toBeGreaterThan(300);
  const found = files.flatMap((file) =>
    readFileSync(`${src}${file}`, 'utf8')
      .split('\n')
      .flatMap((line, index) =>
        BESIDE_A_VALUE.test(line) && !asksForLanguage(line) ? [`${file}:${index + 1}: ${line.trim()}`] : [],
      ),
  );
  expect(found).toEqual([]);
});

/** The two languages stand side by side, or it is a text in Chinese, which no English page shows. */
const asksForLanguage = (line: string) => /=== 'en'|\p{Script=Han}/u.test(line);
