import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { type CommandContext, readEnvironment } from '@hengjian/warehouse';
import { Command } from 'commander';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { registerRiskCommands } from '../../commands/risk.ts';
import { parseDay } from './parse-day.ts';
import { readMapping } from './read-mapping.ts';

const directory = mkdtempSync(join(tmpdir(), 'hengjian-backtest-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

function file(name: string, text: string | Buffer): string {
  const path = join(directory, name);
  writeFileSync(path, text);
  return path;
}

async function run(mapping: string, train: string, test: string, ...more: string[]): Promise<string> {
  let text = '';
  const stdout = new Writable({
    write(piece, _, done) {
      text += piece;
      done();
    },
  });
  const context: CommandContext = {
    environment: readEnvironment({ HENGJIAN_DATA_DIR: directory }),
    warehouse: () => Promise.reject(new Error('a back-test needs no warehouse')),
    writer: () => Promise.reject(new Error('no events are written here')),
    stdout,
    stderr: stdout,
  };
  const program = new Command().exitOverride().configureOutput({ writeErr: () => {} });
  registerRiskCommands(program, context);
  const args = ['risk', 'backtest', '--mapping', mapping, '--train', train, '--test', test, ...more];
  await program.parseAsync(args, { from: 'user' });
  return text;
}

/** Inspections of which a third of kind b and a tenth of the others find something; no ambient randomness. */
function inspections(from: string, count: number, withTarget = true): string {
  const start = parseDay(from)!;
  const lines = Array.from({ length: count }, (_, i) => {
    const kind = i % 3 === 0 ? 'b' : 'a';
    const found = kind === 'b' ? i % 9 === 0 : i % 10 === 1;
    const day = new Date((start + Math.floor(i / 5)) * 86_400_000).toISOString().slice(0, 10);
    return [`I${from}-${i}`, day, kind, (i * 7) % 11, ...(withTarget ? [Number(found)] : [])].join(',');
  });
  return `${['id', 'day', 'kind', 'size', ...(withTarget ? ['found'] : [])].join(',')}\n${lines.join('\n')}\n`;
}

const MAPPING = 'id: id\ndate: day\ntarget: found\nfeatures: [kind, size]\n';

describe('risk backtest', () => {
  let mapping: string;
  let train: string;
  beforeAll(() => {
    mapping = file('m.yaml', MAPPING);
    train = file('train.csv.gz', gzipSync(inspections('2014-01-01', 600)));
  });

  it('fits, scores and reports, the same every time', async () => {
    const test = file('test.csv', inspections('2014-06-01', 200));
    const out = join(directory, 'scores.csv');
    const text = await run(mapping, train, test, '--json', '--scores', out);
    expect(await run(mapping, train, test, '--json')).toBe(text);
    const report = JSON.parse(text);
    expect(report).toMatchObject({
      train: { rows: 600, from: '2014-01-01' },
      test: { rows: 200, from: '2014-06-01' },
      scored: 200,
    });
    expect(report.figures).toMatchObject({ n: 200 });
    expect(report.figures.auc.value).toBeGreaterThan(0.6);
    expect(report.figures.auc.low).toBeLessThan(report.figures.auc.value);
    expect(report.figures.deciles).toHaveLength(10);
    expect(report.figures.months.map(({ month }: { month: string }) => month)).toEqual(['2014-06', '2014-07']);
    expect(report.warnings.map(({ code }: { code: string }) => code)).toContain('not_random');
    const [head, first, ...rest] = readFileSync(out, 'utf8').trim().split('\n');
    expect([head, rest.length]).toEqual(['id,score', 199]);
    expect(first).toMatch(/^I2014-06-01-0,0\.\d+$/);
    const scores = new Map([first!, ...rest].map((line) => line.split(',') as [string, string]));
    expect(Number(scores.get('I2014-06-01-3'))).toBeGreaterThan(Number(scores.get('I2014-06-01-4')));
  });

  it('scores without figures where the target is not known', async () => {
    const test = file('unknown.csv', inspections('2014-06-01', 50, false));
    const out = join(directory, 'unknown-scores.csv');
    const report = JSON.parse(await run(mapping, train, test, '--json', '--scores', out));
    expect(report.figures).toBeUndefined();
    expect(report.scored).toBe(50);
    expect(await run(mapping, train, test)).toMatch(/no figures|不计算指标/);
    expect(readFileSync(out, 'utf8').split('\n')).toHaveLength(52);
  });

  it('runs the mapping of the Chicago inspections, whose features hold no outcome of the same inspection', async () => {
    const path = join(import.meta.dirname, '../../../benchmarks/chicago.yaml');
    const excerpt = readFileSync(join(import.meta.dirname, 'testing/chicago-excerpt.csv'), 'utf8')
      .trim()
      .split('\n');
    const past = file('chicago-train.csv', [...excerpt.slice(0, 330)].join('\n'));
    const next = file('chicago-test.csv', [excerpt[0], ...excerpt.slice(330)].join('\n'));
    const report = JSON.parse(await run(path, past, next, '--json'));
    expect(report.figures.n).toBe(71);
    expect(report.warnings.map(({ code }: { code: string }) => code)).not.toContain('outcome_like_feature');
    const outcomes = [
      'criticalCount',
      'seriousCount',
      'minorCount',
      'pass_flag',
      'fail_flag',
      'Results',
      'criticalFound',
    ];
    for (const feature of readMapping(path).features) {
      const own = 'column' in feature ? [feature.column] : 'cross' in feature ? feature.cross : [];
      expect(own.filter((column) => outcomes.includes(column))).toEqual([]);
    }
  });

  it('warns of a feature written after the inspection, of time that overlaps, of rows in both files', async () => {
    const leak = file('leak.yaml', MAPPING.replace('size]', 'size, after]'));
    const lines = inspections('2014-01-01', 300).trim().split('\n');
    const both = file(
      'both.csv',
      lines.map((line, i) => (i === 0 ? `${line},after` : `${line},${Number(line.at(-1)) * 5}`)).join('\n'),
    );
    const codes = JSON.parse(await run(leak, both, both, '--json')).warnings.map(({ code }: { code: string }) => code);
    expect(codes).toEqual(expect.arrayContaining(['outcome_like_feature', 'overlapping_time', 'rows_in_both']));
  });

  it('weights by inclusion probability and compares with the tier in use', async () => {
    const text = inspections('2014-01-01', 600)
      .trim()
      .split('\n')
      .map((line, i) => `${line},${i === 0 ? 'pi,tier' : line.includes(',b,') ? '0.5,C' : '0.1,A'}`)
      .join('\n');
    const design = file('weighted.yaml', `${MAPPING}probability: pi\ncompare: tier\n`);
    const report = JSON.parse(await run(design, file('design.csv', text), file('design2.csv', text), '--json'));
    const raw = report.train.hits / 600;
    expect(report.figures.baseRate).toBeLessThan(raw);
    expect(report.figures.compared.auc.value).toBeGreaterThan(0.5);
    expect(report.warnings.map(({ code }: { code: string }) => code)).not.toContain('not_random');
  });

  const broken: [string, () => [string, string | Buffer, string | Buffer], RegExp][] = [
    [
      'a missing column',
      () => [MAPPING.replace('size', 'sise'), inspections('2014-01-01', 20), ''],
      /train\.csv lacks the column sise that the mapping names; it has id, day, kind, size, found/,
    ],
    [
      'an unreadable day',
      () => [MAPPING, 'id,day,kind,size,found\n1,2014-02-30,a,1,0\n', ''],
      /train\.csv line 2: "2014-02-30" in day is no day; write it as/,
    ],
    [
      'an unreadable outcome',
      () => [MAPPING, 'id,day,kind,size,found\n1,2014-02-03,a,1,perhaps\n', inspections('2014-05-01', 9)],
      /line 2: "perhaps" in found is no outcome/,
    ],
    [
      'one class',
      () => [MAPPING, 'id,day,kind,size,found\n1,2014-02-03,a,1,0\n2,2014-02-03,b,1,0\n', inspections('2014-05-01', 9)],
      /All 2 outcomes of found in .* are 0; a model needs both/,
    ],
    [
      'no outcome at all',
      () => [MAPPING, 'id,day,kind,size,found\n1,2014-02-03,a,1,\n', inspections('2014-05-01', 9)],
      /No row of .* has a found/,
    ],
    ['an empty file', () => [MAPPING, '', ''], /train\.csv is empty/],
    ['no rows', () => [MAPPING, 'id,day,kind,size,found\n', ''], /holds column names but no row/],
    ['a workbook', () => [MAPPING, Buffer.from('PK\x03\x04rest'), ''], /is a workbook or an archive, not CSV/],
    ['bytes', () => [MAPPING, Buffer.from([0, 1, 2, 3]), ''], /is not CSV: it holds bytes/],
    [
      'another encoding',
      () => [
        MAPPING,
        Buffer.concat([
          Buffer.from('id,day,kind,size,found\n1,2014-02-03,'),
          Buffer.from('c6c0b4', 'hex'),
          Buffer.from(',1,0\n'),
        ]),
        '',
      ],
      /is not UTF-8; save it as "CSV UTF-8"/,
    ],
    [
      'a broken line',
      () => [MAPPING, 'id,day,kind,size,found\n1,2014-02-03,a\n', ''],
      /is not readable as CSV: .*line 2/,
    ],
    [
      'a broken gzip',
      () => [MAPPING, gzipSync(inspections('2014-01-01', 500)).subarray(0, 900), inspections('2014-05-01', 9)],
      /cannot be read|lacks/,
    ],
    [
      'a text in a number',
      () => [MAPPING, inspections('2014-01-01', 60), 'id,day,kind,size\n1,2014-05-01,a,big\n'],
      /test\.csv line 2: "big" in size is no number/,
    ],
    [
      'a row without id',
      () => [MAPPING, inspections('2014-01-01', 60), 'id,day,kind,size\n,2014-05-01,a,3\n'],
      /test\.csv line 2 has no id/,
    ],
    [
      'no features',
      () => ['id: id\ndate: day\ntarget: found\n', '', ''],
      /m2\.yaml is no usable mapping: features is missing/,
    ],
    ['an unknown key', () => [`${MAPPING}colour: red\n`, '', ''], /colour is no key of a mapping/],
    [
      'the target as a feature',
      () => [MAPPING.replace('size', 'found'), '', ''],
      /feature 2 is the target found itself/,
    ],
    [
      'an unknown transform',
      () => [MAPPING.replace('size]', '{column: size, sqrt: true}]'), '', ''],
      /feature 2 \(column\).*additional/,
    ],
    ['no YAML', () => ['id: [', '', ''], /it is not YAML/],
  ];
  it.each(broken)('refuses %s in one sentence', async (_, files, message) => {
    const [text, trainText, testText] = files();
    await expect(run(file('m2.yaml', text), file('train.csv', trainText), file('test.csv', testText))).rejects.toThrow(
      message,
    );
  });

  it('refuses to overwrite what it reads, and files that are not there', async () => {
    const test = file('test.csv', inspections('2014-06-01', 20));
    await expect(run(mapping, train, test, '--scores', test)).rejects.toThrow(/would overwrite an input/);
    await expect(run(mapping, join(directory, 'none.csv'), test)).rejects.toThrow(/none\.csv cannot be read/);
    await expect(run(join(directory, 'none.yaml'), train, test)).rejects.toThrow(/none\.yaml cannot be read/);
  });
});

describe('parseDay', () => {
  it('reads how offices write days, and nothing that is none', () => {
    const day = Date.UTC(2014, 8, 2) / 86_400_000;
    for (const text of [
      '2014-09-02',
      '2014/9/2',
      '2014.9.2',
      '20140902',
      '2014年9月2日',
      '2014-09-02T08:00:00+08:00',
      '2014-09-02 08:00:00',
    ])
      expect(parseDay(text)).toBe(day);
    for (const text of ['', '02/09/2014', '2014-13-01', '2014-02-29', '1', 'today'])
      expect(parseDay(text)).toBeUndefined();
  });
});
