/** Each list that is stored, taken away as a workbook and brought in again: all of it is known, whoever had sent it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { csvTable } from '@hengjian/contract/csv-table.ts';
import { csv } from '@hengjian/contract/csv-text.ts';
import type { DataCell, DataTable } from '@hengjian/contract/data-table.ts';
import { EVERYTHING, type Scope } from '@hengjian/contract/scope.ts';
import type { StoredLists } from '@hengjian/contract/stored-lists.ts';
import { writeTable } from '@hengjian/documents';
import { type CommandLine, commandLine, lastLine } from '@hengjian/ingest/testing/command-line.ts';
import ExcelJs from 'exceljs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { storedLists } from './stored-lists.ts';
import { SENT } from './testing/sent-events.ts';

const root = join(import.meta.dirname, '..');
const further = join(root, 'ingest/tables/testing/further-layouts');
/** In the sample, what is part of a list: the rest, and most of the pushes, licences and sign-ins, would only take time. */
const LISTED =
  /"type":"(?:plan\.filed|task\.created|draw\.executed|inspection\.|result\.|meeting\.|material\.|penalty\.|quarter_list\.submitted|entity\.|event\.voided|outage\.declared|mark\.awarded|library\.updated|unlicensed\.reported|dishonest\.entered)/;
const MANY = /"type":"(?:registration\.pushed|push\.|licence\.entered|login\.)/;
const FEW = 300;
function listedOf(sample: string): string[] {
  const lines = sample.split('\n');
  const many = lines.filter((line) => MANY.test(line));
  const ids = new Set(
    many
      .filter((line) => line.includes('registration.pushed'))
      .slice(0, FEW)
      .map(pushIn),
  );
  const others = (type: string) => many.filter((line) => line.includes(type)).slice(0, FEW);
  return [
    ...lines.filter((line) => LISTED.test(line)),
    ...many.filter((line) => !line.includes('licence.entered') && ids.has(pushIn(line))),
    ...others('licence.entered'),
    ...others('login.succeeded'),
  ];
}
const pushIn = (line: string) => /"push_id":"([^"]*)"/.exec(line)?.[1];

let cli: CommandLine;
let lists: StoredLists;

beforeAll(async () => {
  cli = await commandLine();
  const sample = gunzipSync(readFileSync(join(root, 'samples/nantong-sample.ndjson.gz'))).toString();
  const ran = await cli.run('import', cli.file('sent.ndjson', [...listedOf(sample), ...SENT].join('\n')));
  expect(ran.exitCode, ran.stderr).toBe(0);
  expect(lastLine(ran.stdout)).toMatchObject({ rejected: 0 });
  for (const name of ['抽查计划', '联合惩戒', '信用修复', '异议处理'])
    expect(lastLine((await cli.run('import', join(further, `${name}.csv`))).stdout).accepted).toBeGreaterThan(0);
  lists = storedLists({ dataDir: cli.dataDir, ruleset: 'nantong-etdz' }, cli.warehouse);
}, 600_000);
afterAll(() => cli?.close());

const OF_UNIT: Scope = { account: 'a unit', roles: ['unit'], units: ['jsj'], areas: 'all' };
async function writtenAsCsv(table: DataTable): Promise<string> {
  const { head, batches } = csvTable(table);
  const rows: (readonly DataCell[])[] = [head];
  for await (const batch of batches) rows.push(...batch);
  return cli.file(`${crypto.randomUUID()}.csv`, csv(rows));
}
async function written(table: DataTable): Promise<string> {
  const path = join(cli.directory, `${crypto.randomUUID()}.xlsx`);
  await writeTable(table, path);
  return path;
}
const bookOf = async (path: string) => {
  const book = new ExcelJs.Workbook();
  await book.xlsx.readFile(path);
  return book;
};

test('of each kind there is one, and what is taken away is known', async () => {
  const kinds = (await lists.kinds(EVERYTHING)).map(({ id }) => id);
  expect(kinds).toEqual(
    expect.arrayContaining(
      'xk-c cf-c sgz results draw tasks abnormal blacklist quarter-list attendance materials logins firms plans punishments repairs objections entry-inspector-registered'.split(
        ' ',
      ),
    ),
  );
  const leftOut: Record<string, string | null> = {};
  for (const id of kinds)
    for (const write of [written, writtenAsCsv]) {
      const table = lists.list(id, EVERYTHING)!;
      const path = await write(table);
      if (table.notes) leftOut[id] = table.notes[0]!.text;
      const ran = await cli.run('import', path);
      const { read, ...counts } = ran.exitCode === 0 ? lastLine(ran.stdout) : { read: ran.stderr };
      expect([id, counts]).toEqual([
        id,
        expect.objectContaining({ layout: id, accepted: 0, rejected: 0, duplicate: read, unmatched_departments: [] }),
      ]);
      expect([id, read > 0]).toEqual([id, true]);
    }
  // A list without rows has no row to stand in.
  const empty = await cli.warehouse.query(
    "SELECT id FROM events WHERE type = 'quarter_list.submitted' AND JSONLength(data, 'rows') = 0",
  );
  expect(leftOut).toEqual({
    'quarter-list': expect.stringMatching(new RegExp(`^${empty.length} 项`)),
    // A step whose push nobody sent.
    sgz: expect.stringMatching(/^1 项/),
  });
}, 600_000);

test('codes and marks are texts, days date cells, and no cell a formula', async () => {
  const [sheet] = (await bookOf(await written(lists.list('entry-inspector-registered', EVERYTHING)!))).worksheets;
  expect(sheet!.getCell(1, 1).value).toBe('执法检查人员入库（inspector.registered）');
  const column = (title: string) => {
    const index = (sheet!.getRow(2).values as unknown[]).indexOf(title);
    return [3, 4].map((row) => sheet!.getCell(row, index).value);
  };
  expect(column('姓名')).toEqual(['=演示0', '=演示1']);
  expect(column('有效期至')).toEqual([new Date('2026-12-31'), new Date('2026-12-31')]);
  expect(column('年度检查上限')).toEqual([12, 12]);
  expect(column('是否在库')).toEqual(['是', '是']);
  expect(sheet!.views[0]).toMatchObject({ state: 'frozen', ySplit: 2 });
});

test('a changed row corrects what came by a table; what another system sent is changed there', async () => {
  const path = await written(lists.list('plans', EVERYTHING)!);
  const book = await bookOf(path);
  const [sheet] = book.worksheets;
  const head = sheet!.getRow(1).values as string[];
  const at = (title: string) => head.indexOf(title);
  const rows = Array.from({ length: sheet!.rowCount - 1 }, (_, index) => sheet!.getRow(index + 2));
  const ofSystem = rows.find((row) => row.getCell(at('库内编号（请勿改动）')).value)!;
  const ofTable = rows.find((row) => !row.getCell(at('库内编号（请勿改动）')).value)!;
  for (const row of [ofSystem, ofTable]) row.getCell(at('备案日期')).value = new Date('2025-02-03');
  await book.xlsx.writeFile(path);
  const before = lastLine((await cli.run('import', '--preview', path)).stdout);
  expect(before).toMatchObject({ accepted: 2, rejected: 1, by_type: { 'plan.filed': 1, 'event.voided': 1 } });
});

test('a unit is given what it did itself', async () => {
  const table = lists.list('plans', OF_UNIT)!;
  const leads = new Set<unknown>();
  for await (const batch of table.batches) for (const row of batch) leads.add(row[2]);
  expect([...leads].length).toBeLessThanOrEqual(1);
  expect((await lists.kinds(OF_UNIT)).map(({ id }) => id)).not.toContain('entry-inspector-registered');
});

test('a list of tiers is for who sees tiers', async () => {
  const listed = async (scope: Scope) => (await lists.kinds(scope)).map(({ id }) => id);
  const [toAll, toUnit] = [await listed(EVERYTHING), await listed(OF_UNIT)];
  for (const id of ['entry-tier-changed', 'entry-risk-scored']) {
    expect([toAll.includes(id), toUnit.includes(id)]).toEqual([true, false]);
    expect(lists.list(id, EVERYTHING)).toBeDefined();
    expect(lists.list(id, OF_UNIT)).toBeUndefined();
  }
});

test('of a case with hundreds of steps each is known again, also where rows are deleted', async () => {
  const path = await written(lists.list('punishments', EVERYTHING)!);
  const book = await bookOf(path);
  const [sheet] = book.worksheets;
  const head = sheet!.getRow(1).values as string[];
  const first = Array.from({ length: sheet!.rowCount }, (_, index) => index + 1).find(
    (row) => sheet!.getCell(row, head.indexOf('惩戒编号')).value === 'B-1',
  )!;
  expect(sheet!.getCell(first + 199, head.indexOf('惩戒编号')).value).toBe('B-1');
  sheet!.spliceRows(first, 2);
  await book.xlsx.writeFile(path);
  const before = lastLine((await cli.run('import', '--preview', path)).stdout);
  // The beginning names other targets now: it is corrected where it came from, and nothing is new.
  expect(before).toMatchObject({ accepted: 0, rejected: 1 });
});

test('a mark that somebody made up brings nothing about', async () => {
  const head = '计划编号,计划名称,制定部门,计划年度,备案日期,库内编号（请勿改动）';
  const marks = ['x', `${'0'.repeat(40)}-${'0'.repeat(16)},urn%3Ax,1`, '%E0%A4%A,%,1'];
  const rows = marks.map((mark, index) => `JH-${index},某计划,市场监管局,2025,2025-03-01,"${mark}"`);
  const ran = await cli.run('import', cli.file('marks.csv', [head, ...rows].join('\n')));
  expect(lastLine(ran.stdout)).toMatchObject({ accepted: 3, rejected: 0 });
});
