/** The page that outsiders use: docs/draw/verify.html, opened from the disk, against records of the product. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { AxeBuilder } from '@axe-core/playwright';
import type { DrawRecord } from '@hengjian/models/draw/draw-record.ts';
import { openFrameFile } from '@hengjian/models/draw/frame-file.ts';
import { parsePlan } from '@hengjian/models/draw/plan.ts';
import { proveUnit } from '@hengjian/models/draw/prove-unit.ts';
import { publishRecord } from '@hengjian/models/draw/publish-record.ts';
import { runDraw } from '@hengjian/models/draw/run-draw.ts';
import { verifyRecord } from '@hengjian/models/draw/verify-record.ts';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { chromium } from './chromium.ts';

const address = pathToFileURL(join(import.meta.dirname, '../../docs/draw/verify.html')).href;
const directory = mkdtempSync(join(tmpdir(), 'hengjian-verify-'));
const areas = ['新开', '小海', '竹行 😀', '\uffff'];
const rows = Array.from({ length: 90 }, (_, index) =>
  [`9132060000000${String(index).padStart(5, '0')}`, areas[index % 4], 'AAAABBBCCD'[index % 10], `盐${index}`].join(
    '\t',
  ),
);
const frameFile = file('frame.tsv', `id\tarea\ttier\tsalt\n${rows.join('\n')}\n`);
const plan = parsePlan({
  method: 'tier-srs-v1',
  n: 14,
  strata: ['area'],
  tiers: { A: '1/100', B: '3/100', C: '1/10', D: '3/10' },
  purpose: 'é €\u2028 "quoted"',
});

let browser: Browser;
let page: Page;
let record: DrawRecord;
const requests: string[] = [];
const problems: string[] = [];

beforeAll(async () => {
  record = await runDraw(await openFrameFile(frameFile), plan, Buffer.alloc(32, 5), Buffer.alloc(32, 6));
  browser = await chromium();
  page = await (await browser.newContext({ locale: 'zh-CN', viewport: { width: 1280, height: 900 } })).newPage();
  page.on('request', (request) => requests.push(request.url()));
  page.on('pageerror', (error) => problems.push(String(error)));
  page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
  await page.goto(address);
});
afterAll(async () => {
  await browser?.close();
  rmSync(directory, { recursive: true, force: true });
});

function file(name: string, content: string): string {
  writeFileSync(join(directory, name), content);
  return join(directory, name);
}

type Found = { checks: { name: string; en?: string }[] };

/** The names of the checks, the failed one with an exclamation mark, for many records at once. */
function pageChecks(records: readonly unknown[], frame?: string): Promise<string[]> {
  return page.evaluate(
    async ({ texts, frame }) => {
      const verify = (globalThis as unknown as { verifyDraw(text: string, frame?: Uint8Array): Promise<Found> })
        .verifyDraw;
      const bytes = frame === undefined ? undefined : new TextEncoder().encode(frame);
      const found = await Promise.all(texts.map((text) => verify(text, bytes)));
      return found.map(({ checks }) => checks.map(({ name, en }) => (en ? `${name}!` : name)).join(' '));
    },
    { texts: records.map((value) => (typeof value === 'string' ? value : JSON.stringify(value))), frame },
  );
}

const frameText = (lines: string[]) => `id\tarea\ttier\tsalt\n${lines.join('\n')}\n`;

test('a record with its frame, a public record and a proof verify, by the same checks as on the command line', async () => {
  const source = await openFrameFile(frameFile);
  const proof = await proveUnit(record, source, '913206000000000007');
  const names = async (value: unknown, frame?: typeof source) =>
    (await verifyRecord(value, frame)).map(({ name }) => name).join(' ');
  expect(await pageChecks([record], frameText(rows))).toEqual([await names(record, source)]);
  expect(await pageChecks([publishRecord(record)], frameText(rows))).toEqual([
    await names(publishRecord(record), source),
  ]);
  expect(await pageChecks([proof], frameText(rows))).toEqual([await names(proof, source)]);
  expect(await pageChecks([record, publishRecord(record), proof])).toEqual([
    await names(record),
    await names(publishRecord(record)),
    await names(proof),
  ]);
});

test('each forgery fails at the check that the command line names', async () => {
  const last = record.selected.length - 1;
  const forgeries: unknown[] = [
    { ...record, spec: 'x' },
    { ...record, note: 1 },
    { ...record, plan: { ...record.plan, n: 15 } },
    { ...record, plan: { ...record.plan, tiers: { A: '0' } } },
    { ...record, secret: '00'.repeat(32) },
    { ...record, beacon: '00'.repeat(32) },
    { ...record, u: '1' },
    { ...record, frame: { ...record.frame, rows: 91 } },
    { ...record, cells: record.cells.toReversed() },
    { ...record, cells: record.cells.map((cell) => ({ ...cell, n: 1 })) },
    { ...record, selected: record.selected.slice(1) },
    { ...record, reserve: record.reserve.slice(1) },
    { ...record, selected: record.selected.with(last, { ...record.selected[last]!, id: record.selected[0]!.id }) },
    { ...record, selected: record.selected.with(last, { ...record.selected[last]!, id: 'another' }) },
    { ...record, cells: record.cells.map((cell) => ({ ...cell, threshold: cell.threshold && 'ff'.repeat(32) })) },
    { ...record, result_hash: '00'.repeat(32) },
    { ...record, frame: { ...record.frame, sha256: '00'.repeat(32) } },
    { ...publishRecord(record), selected: publishRecord(record).selected.toReversed() },
    { ...publishRecord(record), frame: { ...record.frame, sha256: '00'.repeat(32) } },
    { ...publishRecord(record), strata: publishRecord(record).strata.map((s, i) => ({ ...s, values: [`x${i}`] })) },
  ];
  const source = await openFrameFile(frameFile);
  const proof = await proveUnit(record, source, '913206000000000007');
  for (const forged of [{ N: 1 }, { pi: '1/1000', n: 5 }, { threshold: 'f'.repeat(64) }])
    forgeries.push({ ...proof, drawn: 'threshold' in forged || proof.drawn, cell: { ...proof.cell, ...forged } });
  for (const forgery of forgeries) {
    const frame = source;
    const failed = (await verifyRecord(forgery, frame)).find(({ problem }) => problem)!.name;
    const [checks] = await pageChecks([forgery], frameText(rows));
    expect(checks!.split(' ').at(-1)).toBe(`${failed}!`);
  }
});

test('what programs read differently is refused: a name that stands twice, a number that no double holds', async () => {
  const own = parsePlan({ ...plan.document, budget: 2 ** 60, note: '"selected":[],{' });
  const drawn = await runDraw(await openFrameFile(frameFile), own, Buffer.alloc(32, 5), Buffer.alloc(32, 6));
  const text = JSON.stringify(drawn);
  const shown = JSON.stringify(publishRecord(drawn));
  const twice = text.replace(/"selected":\[\{/, '"selected":[],$&');
  const escaped = text.replace(/"selected":\[\{/, '"s\\u0065lected" : [],$&');
  expect(
    await pageChecks([
      ...[text, shown, text.replace('1152921504606847000', '1152921504606846976')],
      ...[twice, escaped, shown.replace('"beacon":', '"beacon":"00","beacon":')],
      text.replace('1152921504606847000', '1152921504606847001'),
    ]),
  ).toEqual([
    ...[await pageChecks([record]), await pageChecks([publishRecord(record)]), await pageChecks([record])].flat(),
    ...['record!', 'record!', 'record!', 'record!'],
  ]);
});

test('any changed byte of the record is found', async () => {
  const bytes = Buffer.from(JSON.stringify(record));
  const changed = Array.from({ length: bytes.length }, (_, at) => {
    const copy = Buffer.from(bytes);
    copy[at] = copy[at]! ^ [0x01, 0x20, 0x10][at % 3]!;
    return copy.toString();
  }).filter((text) => {
    try {
      return JSON.stringify(JSON.parse(text)) !== bytes.toString();
    } catch {
      return true;
    }
  });
  expect(changed.length).toBeGreaterThan(1000);
  const found = await pageChecks(changed, frameText(rows));
  expect(found.filter((checks) => !checks.endsWith('!'))).toEqual([]);
});

test('a changed frame is not the frame of the record', async () => {
  const forgedTier = rows.with(0, rows[0]!.replace('\tA\t', '\tD\t'));
  expect(await pageChecks([record], frameText(forgedTier))).toEqual([expect.stringMatching(/ frame\.sha256!$/)]);
  expect(await pageChecks([record], frameText(rows.slice(1)))).toEqual([expect.stringMatching(/ frame\.rows!$/)]);
  expect(await pageChecks([record], frameText([...rows, rows[0]!]))).toEqual([expect.stringMatching(/ frame!$/)]);
  expect(await pageChecks([record], frameText(rows.toReversed()))).toEqual([expect.stringMatching(/ frame\.reserve$/)]);
});

test('a person chooses files, reads the outcome in Chinese, then in English; nothing was asked of any server', async () => {
  await page.setInputFiles('#record', file('record.json', JSON.stringify(record)));
  await page.setInputFiles('#frame', frameFile);
  await page.getByText('核验通过：完整记录，共 21 项').waitFor();
  expect(await page.getByRole('listitem').count()).toBe(21);
  expect((await new AxeBuilder({ page }).analyze()).violations.map(({ id }) => id)).toEqual([]);
  await page.getByRole('button', { name: 'English' }).click();
  await page.getByText('Verified: full record, 21 checks').waitFor();
  expect(await page.locator('html').getAttribute('lang')).toBe('en');
  const forged = { ...record, beacon: '00'.repeat(32) };
  await page.setInputFiles('#record', file('forged.json', JSON.stringify(forged)));
  await page.getByText(/Not verified: seed — computed [0-9a-f]{64}, the record says/).waitFor();
  await page.getByRole('button', { name: '中文' }).click();
  await page.getByText(/核验不通过：seed/).waitFor();
  await page.setViewportSize({ width: 390, height: 800 });
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
  if (process.env.SCREENSHOTS) {
    await page.screenshot({ path: `${process.env.SCREENSHOTS}/verify-390.png`, fullPage: true });
    await page.setInputFiles('#record', file('record.json', JSON.stringify(record)));
    await page.getByText('核验通过').waitFor();
    await page.setViewportSize({ width: 1280, height: 900 });
    await page.screenshot({ path: `${process.env.SCREENSHOTS}/verify-light.png`, fullPage: true });
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.screenshot({ path: `${process.env.SCREENSHOTS}/verify-dark.png`, fullPage: true });
  }
  expect(problems).toEqual([]);
  expect(requests).toEqual([address]);
});
