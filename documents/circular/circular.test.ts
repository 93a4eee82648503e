import ExcelJS from 'exceljs';
import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, it, vi } from 'vitest';
import { chartPicture, chartSvg } from '../charts/draw-chart.ts';
import type { ChartBlock, TableBlock } from '../document.ts';
import { writeExcel } from '../forms/write-excel.ts';
import { writePdf } from '../forms/write-pdf.ts';
import { writeWord } from '../forms/write-word.ts';
import { publishedQuarter } from '../testing/published-quarter.ts';
import { buildCircular } from './build-circular.ts';
import { dayName, minuteName, periodName, thisPeriod } from './words.ts';

const TEXTS = {
  number: '通联席办〔2025〕7号',
  issuer: '联席会议办公室',
  contact: '0513-1',
  opening: '',
  closing: '',
};
const circular = buildCircular(publishedQuarter(), TEXTS);
const textOf = (document = circular) =>
  [...document.blocks, ...document.annexes].flatMap((block) => ('text' in block ? [block.text] : [])).join('\n');
const tableOf = (caption: string, document = circular) =>
  [...document.blocks, ...document.annexes].find(
    (block): block is TableBlock => block.kind === 'table' && block.caption === caption,
  )!;
const shown = (table: TableBlock) =>
  table.rows.map((row) => row.map((cell) => (typeof cell === 'string' ? cell : cell.text)).join(' | '));

describe('the files of a circular', () => {
  it.each([
    ['docx', writeWord],
    ['xlsx', writeExcel],
    ['pdf', writePdf],
  ] as const)('%s: the same document is the same bytes, whenever it is written', async (_, write) => {
    vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-01-01T00:00:00Z') });
    try {
      const first = await write(circular);
      vi.setSystemTime(new Date('2026-03-04T05:06:07Z'));
      expect((await write(circular)).equals(first)).toBe(true);
    } finally {
      vi.useRealTimers();
    }
  });

  it('have the ranking as bars, drawn with Chinese type', async () => {
    const block = circular.blocks.find((one) => one.kind === 'chart')!;
    expect(block).toMatchObject({ caption: '各单位总分', alt: '各单位总分条形图，第1名为财政局' });
    const svg = await chartSvg((block as ChartBlock).spec);
    for (const text of ['1 财政局', '2 市场监管局', '16.10', '总分（虚线为平均分）']) expect(svg).toContain(text);
    const { png, width } = await chartPicture((block as ChartBlock).spec);
    expect(png.subarray(1, 4).toString()).toBe('PNG');
    expect(width).toBeGreaterThan(420);
    expect(Object.keys(unzipSync(await writeWord(circular))).some((name) => /media\/.*png/.test(name))).toBe(true);
  });

  it('have what people wrote, before the first section and as the last', () => {
    const written = buildCircular(publishedQuarter(), {
      ...TEXTS,
      opening: '现通报如下。\n\n',
      closing: '抓紧补录。\n按期反馈。',
    });
    expect(written.blocks[0]).toEqual({ kind: 'text', text: '现通报如下。' });
    expect(written.blocks.slice(-3)).toEqual([
      { kind: 'heading', text: '九、下一步工作要求' },
      { kind: 'text', text: '抓紧补录。' },
      { kind: 'text', text: '按期反馈。' },
    ]);
  });
});

describe('a circular', () => {
  it('has the sections of an office’s circular, in order', () => {
    expect(circular.title).toBe('关于2025年第二季度市场监管联席会议工作评分情况的通报');
    expect(circular.blocks.flatMap((block) => (block.kind === 'heading' ? [block.text] : []))).toEqual([
      '一、总体情况',
      '二、指标完成情况',
      '三、“双随机、一公开”抽查进展',
      '四、较好与靠后的单位',
      '五、逾期与未完成事项',
      '六、酌情评分',
      '七、上次通报以来的更正',
      '八、异议与联系方式',
    ]);
    expect(circular.day).toBe('2025年7月20日');
    expect(circular.footer).toContain('d'.repeat(64));
    expect(circular.qr).toBe(`score-publication-v1 2025Q2 #1 ${'d'.repeat(64)}`);
  });

  it('rounds from exact fractions, half up, and shows n and N beside each rate', () => {
    expect(shown(tableOf('总分与名次'))).toEqual([
      '1 | 财政局 | 20.00 | 3 | ↑2',
      '2 | 市场监管局 | 16.10 | 2 | 持平',
      '3 | 行政审批局 | 1.50 | 1 | ↓2',
    ]);
    expect(textOf()).toContain('平均得分12.53分，较2025年第一季度（10.00分）上升2.53分；最高20.00分，最低1.50分');
    const claims = shown(tableOf('许可主体认领'));
    expect(claims).toContain('市场监管局 | 46 | 50 | 92.0% | 40 | 87.0% | 9.10 | 10.00 | ');
    expect(claims).toContain('行政审批局 | 0 | 0 | — | 0 | — | 1.50 | 21.67 | 无业务');
    expect(shown(tableOf('评分矩阵'))).toContain('3 | 行政审批局 | 1.50 | — | 1.50');
    expect(shown(tableOf('分值调整表'))).toEqual(['行政审批局 | 跨部门抽查的实施 | 许可主体认领21.67']);
    expect(shown(tableOf('逾期与未完成事项统计'))).toEqual(['市场监管局 | 2 | 未认领1、逾期认领1']);
    expect(textOf()).toContain('市场监管局（第2名，16.10分）：0项满分'.replace('0项满分', '没有满分项'));
  });

  it('says of a correction that it is one, and why', () => {
    const { record } = publishedQuarter();
    const corrected = { ...record, number: 2, kind: 'corrected' as const, reason: '补录认领' };
    const text = buildCircular(publishedQuarter({ record: corrected, corrections: [corrected] }), TEXTS);
    expect(text.title).toMatch(/（第2次发布，更正）$/);
    expect(textOf(text)).toContain('2025年第二季度评分于2025年7月20日9时00分更正（第2次发布）：补录认领');
  });

  it('ranks item by item where the rule set gives no points', () => {
    const { snapshot } = publishedQuarter();
    const rates = {
      ...snapshot,
      units: snapshot.units.map(({ unit, items }, i) => ({
        unit,
        rank: null,
        total: null,
        items: items.map((item) => ({ ...item, weight: null, points: null, rank: i === 2 ? null : i + 1 })),
      })),
    };
    const document = buildCircular(publishedQuarter({ snapshot: rates }), TEXTS);
    expect(document.title).toBe('关于2025年第二季度市场监管联席会议指标完成情况的通报');
    expect(textOf(document)).toContain('不汇总总分');
    expect(textOf(document)).toContain('许可主体认领：第1名财政局（46/50）；末位市场监管局（46/50）。');
    expect(shown(tableOf('许可主体认领', document))).toContain('市场监管局 | 46 | 50 | 92.0% | 40 | 80.0% | 2 | ');
    expect(shown(tableOf('指标矩阵', document))[0]).toBe('财政局 | 46/50 | 1');
    const headings = document.blocks.flatMap((block) => (block.kind === 'heading' ? [block.text] : []));
    expect(headings.join()).not.toMatch(/评分/);
    expect(document.blocks.some((block) => block.kind === 'table' && block.caption === '总分与名次')).toBe(false);
  });

  it('leaves a long list to the workbook', () => {
    const lost = Array.from({ length: 61 }, (_, i) => ({
      unit: 'scjg',
      item: 'claim',
      kind: 'unclaimed',
      key: `P${i}`,
      due: null,
      happened: null,
    }));
    const document = buildCircular(publishedQuarter({ lost }), TEXTS);
    expect(tableOf('逾期与未完成事项清单', document)).toMatchObject({ workbookOnly: true });
    expect(textOf(document)).toContain('逐项清单见本通报的电子表格');
    expect(tableOf('逾期与未完成事项清单')).toMatchObject({ workbookOnly: false });
  });
});

describe('its forms', () => {
  it('Word holds every text and table, the hash and the QR code', async () => {
    const files = unzipSync(await writeWord(circular));
    const body = strFromU8(files['word/document.xml']!);
    for (const text of [
      circular.title,
      TEXTS.number,
      '一、总体情况',
      '许可主体认领',
      '87.0%',
      '附件2　分值调整表',
      '0513-1',
    ])
      expect(body).toContain(text);
    expect(Object.keys(files).filter((name) => /^word\/media\/.*\.png$/.test(name))).toHaveLength(2);
    const footers = Object.keys(files).filter((name) => /^word\/footer\d+\.xml$/.test(name));
    expect(footers.length).toBeGreaterThan(0);
    for (const name of footers) expect(strFromU8(files[name]!)).toContain('d'.repeat(64));
    // The matrix lies, what follows stands again.
    expect(body.match(/w:orient="landscape"/g)).toHaveLength(1);
  });

  it('Excel holds numbers as numbers that show as the circular does, and never runs a text', async () => {
    const book = new ExcelJS.Workbook();
    await book.xlsx.load((await writeExcel(circular)) as never);
    expect(book.worksheets.map(({ name }) => name)).toEqual([
      '通报',
      '总分与名次',
      '各单位总分',
      '许可主体认领',
      '跨部门抽查的实施',
      '逾期统计',
      '逾期清单',
      '酌情评分',
      '评分矩阵',
      '分值调整',
    ]);
    const ranking = book.getWorksheet('总分与名次')!;
    expect(ranking.getCell('C4').value).toBe(16.099);
    expect(ranking.getCell('C4').numFmt).toBe('0.00');
    const claims = book.getWorksheet('许可主体认领')!;
    const own = claims.getColumn(1).values.indexOf('市场监管局');
    expect([claims.getCell(own, 4).value, claims.getCell(own, 4).numFmt]).toEqual([0.92, '0.0%']);
    const list = book.getWorksheet('逾期清单')!;
    expect(list.getCell('D3').value).toBe('=1+1');
    expect(list.getCell('D3').type).toBe(ExcelJS.ValueType.String);
  });

  it('PDF embeds its Chinese type', async () => {
    const bytes = await writePdf(circular);
    expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');
    const text = bytes.toString('latin1');
    expect(text).toMatch(/\/FontName \/[A-Z]{6}\+NotoSansSC/);
    expect(text.match(/\/Type \/Page\b(?!s)/g)!.length).toBeGreaterThan(3);
  });
});

describe('words', () => {
  it('are those of an office', () => {
    expect(['2026Q4', '2026-04', '2026'].map(periodName)).toEqual(['2026年第四季度', '2026年4月', '2026年度']);
    expect(['2026Q4', '2026-04', '2026'].map(thisPeriod)).toEqual(['本季度', '本月', '本年度']);
    expect(dayName('2025-07-09')).toBe('2025年7月9日');
    expect(minuteName('2025-07-20T08:05:58.123456+08:00')).toBe('2025年7月20日8时05分');
  });
});
