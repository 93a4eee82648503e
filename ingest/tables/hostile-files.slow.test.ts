/** Files that mean harm, or are only too large: a clear sentence or a right reading, in bounded memory; nothing run, nothing fetched. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CFB } from '@e965/xlsx';
import { afterAll, expect, test } from 'vitest';
import { UnreadableFileError } from '../files/read-file.ts';
import { headOf, kindOf } from './files/open-workbook.ts';
import { type ReadTable, readTable } from './import/open-table.ts';
import { loadLayouts } from './layouts/load-layouts.ts';
import { UnitNames } from './rows/unit-names.ts';
import { textRows, xlsxFile, zipFile } from './testing/zip-file.ts';

const directory = mkdtempSync(join(tmpdir(), 'hengjian-hostile-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const knowledge = {
  layouts: loadLayouts(),
  units: new UnitNames([{ id: 'scjg', name: '市监局', aliases: [] }]),
  limits: { marks: {} },
};
let number = 0;
function file(content: Buffer): string {
  number += 1;
  const path = join(directory, `${number}.xlsx`);
  writeFileSync(path, content);
  return path;
}
async function reading(content: Buffer, mostEntries?: number): Promise<ReadTable> {
  const path = file(content);
  const head = await headOf(path);
  expect(kindOf(path, head)).toBe('table');
  const known = mostEntries === undefined ? knowledge : { ...knowledge, mostEntries };
  return readTable(path, head, known, { department: 'scjg' });
}
async function refusal(content: Buffer, mostEntries?: number): Promise<string> {
  const error = await reading(content, mostEntries).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(UnreadableFileError);
  const { message } = error as Error;
  expect(message.split('\n')).toHaveLength(1);
  expect(message).toMatch(/nothing of it is stored/);
  return message;
}
async function counts(content: Buffer) {
  const { plan, sheets } = await reading(content);
  const { accepted, rejected } = plan.counts();
  await plan.close();
  return { accepted, rejected, skipped: sheets.reduce((sum, { skipped }) => sum + skipped, 0) };
}
const MIB = 1024 * 1024;
/** Growth of the process while something is read. */
async function grownMiB(work: () => Promise<unknown>): Promise<number> {
  const before = process.memoryUsage().rss;
  let most = before;
  const watch = setInterval(() => {
    most = Math.max(most, process.memoryUsage().rss);
  }, 20);
  await work().finally(() => clearInterval(watch));
  return (most - before) / MIB;
}

const HEADER = ['账号', '单位', '登录时间'];
const ROW = ['scjg1', '市监局', '2025-04-01 08:30:00'];

test('a plain workbook, as a measure for the others', async () => {
  expect(await counts(xlsxFile(textRows([HEADER, ROW])))).toEqual({ accepted: 1, rejected: 0, skipped: 0 });
});

test('larger than 1 GiB when unpacked: refused before anything is unpacked', async () => {
  const bomb = xlsxFile(textRows([HEADER, ROW]), [
    { name: 'xl/media/a.bin', content: 'x', claimedSize: 700 * MIB },
    { name: 'xl/media/b.bin', content: 'x', claimedSize: 700 * MIB },
  ]);
  expect(await refusal(bomb)).toMatch(/1 GiB when unpacked/);
});

test('more comes out than the directory says: refused at the first byte too many', async () => {
  const content = `<worksheet>${textRows([HEADER, ROW])}${' '.repeat(64 * MIB)}</worksheet>`;
  const bomb = xlsxFile('', [{ name: 'xl/worksheets/sheet1.xml', content, claimedSize: 1000 }]);
  const grown = await grownMiB(async () => expect(await refusal(bomb)).toMatch(/damaged/));
  expect(grown).toBeLessThan(64);
});

test.each([
  ['a comment', `<!--${' '.repeat(200 * MIB)}-->`],
  ['an attribute', `<sheetView name="${' '.repeat(200 * MIB)}"/>`],
  ['a text', `<sheetData><row><c t="inlineStr"><is><t>${'a'.repeat(200 * MIB)}</t></is></c></row></sheetData>`],
])('a bomb by ratio in %s: bounded memory', async (_, sheet) => {
  const bomb = xlsxFile(sheet);
  const grown = await grownMiB(() => refusal(bomb));
  expect(grown).toBeLessThan(200);
});

test('shared texts beyond the limit', async () => {
  const texts = `<sst>${`<si><t>${'长'.repeat(300_000)}</t></si>`.repeat(230)}</sst>`;
  const bomb = xlsxFile('<sheetData><row><c t="s"><v>0</v></c></row></sheetData>', [
    { name: 'xl/sharedStrings.xml', content: texts },
  ]);
  expect(await refusal(bomb)).toMatch(/192 MiB of texts/);
});

/** Cells as indices of shared texts, which keeps the file small. */
const sharedRow = (texts: readonly number[]) =>
  `<row>${texts.map((text) => `<c t="s"><v>${text}</v></c>`).join('')}</row>`;
const SHARED = {
  name: 'xl/sharedStrings.xml',
  content: `<sst>${[...HEADER, ...ROW].map((text) => `<si><t>${text}</t></si>`).join('')}</sst>`,
};
const fullSheet = (rows: number) =>
  `<sheetData>${sharedRow([0, 1, 2])}${sharedRow([3, 4, 5]).repeat(rows)}</sheetData>`;

test('1,048,576 rows, of which one is data', async () => {
  const numbers = Array.from({ length: 1_048_574 }, (_, row) => `<row><c r="A${row + 3}"><v>${row + 1}</v></c></row>`);
  const inline = (cells: string[]) => textRows([cells]).replace(/<\/?sheetData>/g, '');
  const sheet = `<sheetData>${inline(['序号', ...HEADER])}${inline(['1', ...ROW])}${numbers.join('')}</sheetData>`;
  const large = xlsxFile(sheet);
  let read: Awaited<ReturnType<typeof counts>> | undefined;
  const grown = await grownMiB(async () => {
    read = await counts(large);
  });
  expect(read).toEqual({ accepted: 1, rejected: 0, skipped: 0 });
  expect(grown).toBeLessThan(250);
});

// A tenth of the largest sheet, since each row of data takes far longer than a blank one: what grew by kilobytes a row would be seen.
test('104,857 rows of data: bounded memory', async () => {
  const large = xlsxFile(fullSheet(104_857), [SHARED]);
  let read: Awaited<ReturnType<typeof counts>> | undefined;
  const grown = await grownMiB(async () => {
    read = await counts(large);
  });
  expect(read).toEqual({ accepted: 104_857, rejected: 0, skipped: 0 });
  expect(grown).toBeLessThan(300);
});

test('a row beyond the last that a sheet can have', async () => {
  const beyond = (last: number) =>
    `${fullSheet(1).replace('</sheetData>', '')}<row r="${last}"><c t="s"><v>3</v></c><c t="s"><v>4</v></c><c t="s"><v>5</v></c></row></sheetData>`;
  expect(await counts(xlsxFile(beyond(1_048_576), [SHARED]))).toEqual({ accepted: 2, rejected: 0, skipped: 0 });
  expect(await refusal(xlsxFile(beyond(1_048_577), [SHARED]))).toMatch(/more than 1,048,576 rows in the sheet Sheet1/);
});

test('more lines of text than are read, though nothing stands in them', async () => {
  const text = Buffer.from(`${HEADER.join(',')}\n${ROW.join(',')}\n${'\n'.repeat(98)}`);
  expect(await refusal(text, 99)).toMatch(/more than 99 rows and/);
  expect((await reading(text, 100)).plan.entries).toHaveLength(1);
});

test('more events and faults than a file may have', async () => {
  const wrong = [...ROW.slice(0, 2), '四月'];
  const rows = xlsxFile(textRows([HEADER, ...Array.from({ length: 50 }, () => [ROW, wrong]).flat()]));
  const read = await reading(rows, 100);
  expect(read.plan.entries).toHaveLength(100);
  await read.plan.close();
  expect(await refusal(rows, 99)).toMatch(/more than 99 events and rows with faults/);
});

test('many sheets that are one part: named, and none of it is brought in', async () => {
  const relation = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  const sheets = (ids: string[]) =>
    `<workbook xmlns:r="${relation}"><sheets>${ids.map((id) => `<sheet name="${id}" r:id="${id}"/>`).join('')}</sheets></workbook>`;
  const rels = (targets: [id: string, target: string][]) =>
    `<Relationships>${targets.map(([id, target]) => `<Relationship Id="${id}" Type="${relation}/worksheet" Target="${target}"/>`).join('')}</Relationships>`;
  const workbook = (ids: string[], targets: [string, string][]) =>
    xlsxFile(textRows([HEADER, ROW]), [
      { name: 'xl/workbook.xml', content: sheets(ids) },
      { name: 'xl/_rels/workbook.xml.rels', content: rels(targets) },
      { name: 'xl/worksheets/sheet2.xml', content: `<worksheet>${textRows([HEADER, ROW])}</worksheet>` },
    ]);
  const one: [string, string] = ['甲', 'worksheets/sheet1.xml'];
  expect(await counts(workbook(['甲', '乙'], [one, ['乙', 'worksheets/sheet2.xml']]))).toMatchObject({ accepted: 2 });
  const said = /sheets "甲" and "[甲乙]" are one and the same part, xl\/worksheets\/sheet1.xml/i;
  expect(await refusal(workbook(Array<string>(30).fill('甲'), [one]))).toMatch(said);
  expect(await refusal(workbook(['甲', '乙'], [one, ['乙', '/xl/worksheets/Sheet1.xml']]))).toMatch(said);
});

test('16,384 columns', async () => {
  const wide = Array.from({ length: 16_384 - HEADER.length }, (_, column) => `栏${column}`);
  const rows = textRows([
    [...HEADER, ...wide],
    [...ROW, ...wide.map(() => '值')],
  ]);
  expect(await counts(xlsxFile(rows))).toEqual({ accepted: 1, rejected: 0, skipped: 0 });
});

test('formulas that ask the web, external links, macros: last values count, nothing is fetched or run', async () => {
  let asked = 0;
  const server = createServer((_request, response) => {
    asked += 1;
    response.end('scjg1');
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const relation = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  const sheet = textRows([HEADER]).replace(
    '</sheetData>',
    `<row><c t="str"><f>WEBSERVICE("${url}")</f><v>scjg1</v></c><c t="str"><f>[1]Sheet1!A1</f><v>市监局</v></c><c t="str"><v>2025-04-01</v></c></row></sheetData>`,
  );
  const workbook = xlsxFile(sheet, [
    { name: 'xl/vbaProject.bin', content: Buffer.from('d0cf11e0a1b11ae1', 'hex') },
    { name: 'xl/externalLinks/externalLink1.xml', content: '<externalLink/>' },
    {
      name: 'xl/externalLinks/_rels/externalLink1.xml.rels',
      content: `<Relationships><Relationship Id="r1" Type="${relation}/externalLinkPath" Target="${url}book.xlsx" TargetMode="External"/></Relationships>`,
    },
    {
      name: 'xl/_rels/workbook.xml.rels',
      content: `<Relationships><Relationship Id="r1" Type="${relation}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r9" Type="${relation}/sharedStrings" Target="${url}texts.xml" TargetMode="External"/></Relationships>`,
    },
  ]);
  expect(await counts(workbook)).toEqual({ accepted: 1, rejected: 0, skipped: 0 });
  server.close();
  expect(asked).toBe(0);
});

test.each([
  ['entities that multiply', '<!DOCTYPE sst [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>', '&b;'],
  ['entities of files', '<!DOCTYPE sst [<!ENTITY a SYSTEM "file:///etc/passwd">]>', '&a;'],
])('XML with %s is refused', async (_, doctype, text) => {
  const workbook = xlsxFile('<sheetData><row><c t="s"><v>0</v></c></row></sheetData>', [
    { name: 'xl/sharedStrings.xml', content: `${doctype}<sst><si><t>${text}</t></si></sst>` },
  ]);
  expect(await refusal(workbook)).toMatch(/entity/);
});

test('cells merged over everything', async () => {
  const sheet = `${textRows([HEADER, ROW])}<mergeCells>${'<mergeCell ref="A1:XFD1048576"/>'.repeat(20_000)}</mergeCells>`;
  expect(await counts(xlsxFile(sheet))).toEqual({ accepted: 1, rejected: 0, skipped: 0 });
});

test('protected by a password', async () => {
  const container = CFB.utils.cfb_new();
  CFB.utils.cfb_add(container, '/EncryptionInfo', Buffer.from([4, 0, 4, 0]));
  CFB.utils.cfb_add(container, '/EncryptedPackage', Buffer.alloc(4096, 7));
  expect(await refusal(Buffer.from(CFB.write(container, { type: 'buffer' }) as Uint8Array))).toMatch(/password/);
});

test('a sheet that is only locked against changes is read', async () => {
  const locked = `${textRows([HEADER, ROW])}<sheetProtection sheet="1" objects="1" password="CC1A"/>`;
  expect(await counts(xlsxFile(locked))).toEqual({ accepted: 1, rejected: 0, skipped: 0 });
});

test('a sheet inside that is encrypted', async () => {
  const content = `<worksheet>${textRows([HEADER, ROW])}</worksheet>`;
  const workbook = xlsxFile('', [{ name: 'xl/worksheets/sheet1.xml', content, encrypted: true }]);
  expect(await refusal(workbook)).toMatch(/password/);
});

test('an xls that asks for a password', async () => {
  const record = (type: number, bytes: Buffer) => {
    const head = Buffer.alloc(4);
    head.writeUInt16LE(type, 0);
    head.writeUInt16LE(bytes.length, 2);
    return Buffer.concat([head, bytes]);
  };
  const container = CFB.utils.cfb_new();
  // BOF of BIFF8, then FILEPASS with RC4.
  const start = record(0x0809, Buffer.from('00060500bb0dcc07c100000006030000', 'hex'));
  const pass = record(0x002f, Buffer.concat([Buffer.from('010001000100', 'hex'), Buffer.alloc(48, 7)]));
  CFB.utils.cfb_add(container, '/Workbook', Buffer.concat([start, pass, record(0x000a, Buffer.alloc(4096))]));
  expect(await refusal(Buffer.from(CFB.write(container, { type: 'buffer' }) as Uint8Array))).toMatch(/password/);
});

const sheetMl = (cells: string, doctype = '') =>
  Buffer.from(
    `<?xml version="1.0"?>${doctype}<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="a"><Table>${cells}</Table></Worksheet></Workbook>`,
  );
const mlRow = (cells: readonly string[], attributes = '') =>
  `<Row ${attributes}>${cells.map((cell) => `<Cell><Data ss:Type="String">${cell}</Data></Cell>`).join('')}</Row>`;

test('an XML workbook: entities are refused, places and merged cells beyond every sheet take no memory', async () => {
  const rows = [mlRow(HEADER), mlRow(ROW)].join('');
  expect(await refusal(sheetMl(mlRow(['&a;']), '<!DOCTYPE Workbook [<!ENTITY a "aaaaaaaaaa">]>'))).toMatch(/entity/);
  const far = `<Row ss:Index="900000000"><Cell ss:Index="900000000" ss:MergeAcross="900000000" ss:MergeDown="900000000"><Data ss:Type="String">a</Data></Cell></Row>`;
  const grown = await grownMiB(async () =>
    expect(await counts(sheetMl(rows + far))).toEqual({ accepted: 1, rejected: 0, skipped: 0 }),
  );
  expect(grown).toBeLessThan(64);
});

test('an XML workbook of thousands of sheets is not read for each of them', async () => {
  const many = '<Worksheet ss:Name="b"><Table/></Worksheet>'.repeat(200_000);
  const content = sheetMl([mlRow(HEADER), mlRow(ROW)].join(''))
    .toString()
    .replace('</Workbook>', `${many}</Workbook>`);
  expect(await refusal(Buffer.from(content))).toMatch(/too large for its 200001 sheets/);
});

test('rows that reach to the last column, each by one cell', async () => {
  const rows = [HEADER, ROW].map((cells) => textRows([cells]).replace(/<\/?sheetData>/g, '')).join('');
  const wide = Array.from({ length: 4_000 }, (_, row) => `<row><c r="XFD${row + 3}"><v>1</v></c></row>`).join('');
  const grown = await grownMiB(() => counts(xlsxFile(`<sheetData>${rows}${wide}</sheetData>`)));
  expect(grown).toBeLessThan(300);
});

test('rows that are filled to the last column', async () => {
  const rows = [HEADER, ROW].map((cells) => textRows([cells]).replace(/<\/?sheetData>/g, '')).join('');
  const full = `<row>${'<c><v>1</v></c>'.repeat(16_384)}</row>`.repeat(200);
  let read: Awaited<ReturnType<typeof counts>> | undefined;
  const grown = await grownMiB(async () => {
    read = await counts(xlsxFile(`<sheetData>${rows}${full}</sheetData>`));
  });
  expect(read).toEqual({ accepted: 1, rejected: 200, skipped: 0 });
  expect(grown).toBeLessThan(300);
});

const xls = readFileSync(join(import.meta.dirname, 'testing/office-files/11-xk-no-organ.xls'));

test.each([
  ['cut off zip', xlsxFile(textRows([HEADER, ROW])).subarray(0, 900)],
  ['cut off sheet', xlsxFile('<sheetData><row>')],
  ['a zip with nothing', zipFile([])],
  ['a binary workbook', zipFile([{ name: 'xl/workbook.bin', content: 'x' }])],
  ['a cut off xls', xls.subarray(0, 1500)],
  [
    'an xls of noise',
    Buffer.concat([xls.subarray(0, 8), Buffer.from(Array.from({ length: 5_000 }, (_, i) => (i * 131) % 251))]),
  ],
  ['text with a quotation mark that never closes', Buffer.from(`账号,单位,登录时间\n"scjg1,市监局,2025-04-01\n`)],
  ['bytes that are no text', Buffer.from(Array.from({ length: 3_000 }, (_, i) => (i * 37) % 256))],
])('%s', async (_, content) => {
  await refusal(content);
});

test('an xls whose pieces point to each other ends', async () => {
  const broken = Buffer.from(xls);
  // The table of sectors, each naming itself as its next.
  for (let at = 512; at < 1024; at += 4) broken.writeUInt32LE((at - 512) / 4, at);
  await reading(broken).then(
    ({ plan }) => plan.close(),
    (error: unknown) => expect(error).toBeInstanceOf(UnreadableFileError),
  );
});
