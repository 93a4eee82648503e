/** Word, laid out as GB/T 9704-2012 lays out official documents: A4, 156 × 225 mm of text, 仿宋 of size 3. */
import {
  AlignmentType,
  Footer,
  HeadingLevel,
  ImageRun,
  type ISectionOptions,
  Packer,
  PageNumber,
  PageOrientation,
  Paragraph,
  ShadingType,
  Table,
  TableCell,
  TableRow,
  TextRun,
  VerticalAlign,
  WidthType,
  Document as WordDocument,
} from 'docx';
import QRCode from 'qrcode';
import { chartPicture, type Picture } from '../charts/draw-chart.ts';
import type { Block, Cell, ChartBlock, Document, TableBlock } from '../document.ts';
import { fixedZip } from './fixed-zip.ts';

/** Half points. */
const SIZE = { title: 44, body: 32, heading: 32, table: 21, small: 18 } as const;
/** Twentieths of a point. */
const PAGE = { width: 11_906, height: 16_838, top: 2_098, bottom: 1_984, left: 1_587, right: 1_474 } as const;
const BODY = { ascii: 'Times New Roman', hAnsi: 'Times New Roman', eastAsia: '仿宋' };
const BLACK = { ascii: 'Times New Roman', hAnsi: 'Times New Roman', eastAsia: '黑体' };

export async function writeWord(document: Document): Promise<Buffer> {
  const qr = await QRCode.toBuffer(document.qr, { margin: 0, scale: 4 });
  const drawn = new Map<ChartBlock, Picture>();
  for (const block of [...document.blocks, ...document.annexes])
    if (block.kind === 'chart') drawn.set(block, await chartPicture(block.spec));
  const sections: ISectionOptions[] = [
    section(
      false,
      [...head(document), ...document.blocks.flatMap((block) => blockOf(block, drawn)), ...signature(document)],
      document,
      qr,
    ),
    ...annexSections(document, qr, drawn),
  ];
  const file = new WordDocument({
    creator: document.issuer,
    title: document.title,
    styles: { default: { document: { run: { font: BODY, size: SIZE.body } } } },
    sections,
  });
  return fixedZip(await Packer.toBuffer(file), document.at);
}

function section(landscape: boolean, children: (Paragraph | Table)[], document: Document, qr: Buffer): ISectionOptions {
  return {
    properties: {
      page: {
        size: {
          width: PAGE.width,
          height: PAGE.height,
          orientation: landscape ? PageOrientation.LANDSCAPE : PageOrientation.PORTRAIT,
        },
        margin: { top: PAGE.top, bottom: PAGE.bottom, left: PAGE.left, right: PAGE.right },
      },
    },
    footers: { default: footer(document.footer, qr) },
    children,
  };
}

function footer(text: string, qr: Buffer): Footer {
  const altText = { title: '二维码', name: '二维码', description: '发布记录的哈希' };
  return new Footer({
    children: [
      new Paragraph({
        alignment: AlignmentType.CENTER,
        children: [new TextRun({ size: SIZE.small, children: ['— ', PageNumber.CURRENT, ' —'] })],
      }),
      new Paragraph({
        children: [
          new ImageRun({ type: 'png', data: qr, transformation: { width: 56, height: 56 }, altText }),
          new TextRun({ text: `  ${text}`, size: 14 }),
        ],
      }),
    ],
  });
}

function head({ title, number, addressees }: Document): Paragraph[] {
  return [
    new Paragraph({
      heading: HeadingLevel.TITLE,
      alignment: AlignmentType.CENTER,
      spacing: { before: 240, after: 240, line: 640, lineRule: 'exact' },
      children: [new TextRun({ text: title, font: BLACK, size: SIZE.title, color: '000000' })],
    }),
    ...(number
      ? [new Paragraph({ alignment: AlignmentType.CENTER, spacing: { after: 240 }, children: [new TextRun(number)] })]
      : []),
    paragraph(addressees, false),
  ];
}

function paragraph(text: string, indent = true): Paragraph {
  return new Paragraph({
    alignment: AlignmentType.BOTH,
    spacing: { line: 560, lineRule: 'exact' },
    ...(indent ? { indent: { firstLine: 2 * SIZE.body * 10 } } : {}),
    children: [new TextRun({ text })],
  });
}

type Drawn = ReadonlyMap<ChartBlock, Picture>;

function blockOf(block: Block, drawn: Drawn): (Paragraph | Table)[] {
  if (block.kind === 'text') return [paragraph(block.text)];
  if (block.kind === 'table') return tableOf(block);
  if (block.kind === 'chart') return chartOf(block, drawn.get(block)!);
  return [
    new Paragraph({
      heading: HeadingLevel.HEADING_1,
      keepNext: true,
      spacing: { before: 120, line: 560, lineRule: 'exact' },
      indent: { firstLine: 2 * SIZE.heading * 10 },
      children: [new TextRun({ text: block.text, font: BLACK, size: SIZE.heading, color: '000000' })],
    }),
  ];
}

function chartOf({ caption, alt }: ChartBlock, { png, width, height }: Picture): Paragraph[] {
  const shrink = Math.min(1, 560 / width);
  return [
    new Paragraph({
      keepNext: true,
      alignment: AlignmentType.CENTER,
      spacing: { before: 200, after: 80 },
      children: [new TextRun({ text: caption, font: BLACK, size: 24 })],
    }),
    new Paragraph({
      alignment: AlignmentType.CENTER,
      children: [
        new ImageRun({
          type: 'png',
          data: png,
          transformation: { width: width * shrink, height: height * shrink },
          altText: { title: caption, name: caption, description: alt },
        }),
      ],
    }),
  ];
}

function tableOf({ caption, columns, rows, note, workbookOnly, landscape }: TableBlock): (Paragraph | Table)[] {
  if (workbookOnly) return [];
  const all = landscape ? PAGE.height - PAGE.left - PAGE.right : PAGE.width - PAGE.left - PAGE.right;
  const share = columns.reduce((sum, { width }) => sum + width, 0);
  const widths = columns.map(({ width }) => Math.floor((all * width) / share));
  const size = columns.length > 9 ? SIZE.small : SIZE.table;
  const row = (cells: readonly Cell[], isHead: boolean): TableRow =>
    new TableRow({
      tableHeader: isHead,
      cantSplit: true,
      children: cells.map((cell, i) => {
        const right = !isHead && columns[i]!.align === 'right';
        return new TableCell({
          width: { size: widths[i]!, type: WidthType.DXA },
          verticalAlign: VerticalAlign.CENTER,
          margins: { left: 60, right: 60, top: 20, bottom: 20 },
          ...(isHead ? { shading: { type: ShadingType.CLEAR, fill: 'E8ECF1' } } : {}),
          children: [
            new Paragraph({
              alignment: isHead ? AlignmentType.CENTER : right ? AlignmentType.RIGHT : AlignmentType.LEFT,
              children: [new TextRun({ text: textOf(cell), size, bold: isHead })],
            }),
          ],
        });
      }),
    });
  return [
    new Paragraph({
      keepNext: true,
      alignment: AlignmentType.CENTER,
      spacing: { before: 200, after: 80 },
      children: [new TextRun({ text: caption, font: BLACK, size: 24 })],
    }),
    new Table({
      columnWidths: widths,
      width: { size: widths.reduce((sum, width) => sum + width, 0), type: WidthType.DXA },
      rows: [
        row(
          columns.map(({ title }) => title),
          true,
        ),
        ...rows.map((cells) => row(cells, false)),
      ],
    }),
    new Paragraph({
      spacing: { before: 40, after: 160 },
      children: [new TextRun({ text: note ?? '', size: SIZE.small })],
    }),
  ];
}

function signature({ issuer, day }: Document): Paragraph[] {
  const right = (text: string) =>
    new Paragraph({
      alignment: AlignmentType.RIGHT,
      keepNext: true,
      indent: { right: 1_280 },
      children: [new TextRun(text)],
    });
  return [new Paragraph({ keepNext: true, children: [] }), right(issuer), right(day)];
}

/** A lying table has a section of its own; what stands before it as a heading goes with it. */
function annexSections(document: Document, qr: Buffer, drawn: Drawn): ISectionOptions[] {
  const groups: { landscape: boolean; blocks: Block[] }[] = [];
  for (const block of document.annexes) {
    if (block.kind === 'heading' || groups.length === 0) groups.push({ landscape: false, blocks: [] });
    const group = groups.at(-1)!;
    group.blocks.push(block);
    if (block.kind === 'table' && block.landscape) group.landscape = true;
  }
  const merged = groups.reduce<typeof groups>((all, group) => {
    const last = all.at(-1);
    if (last && last.landscape === group.landscape) last.blocks.push(...group.blocks);
    else all.push(group);
    return all;
  }, []);
  return merged.map(({ landscape, blocks }) =>
    section(
      landscape,
      blocks.flatMap((block) => blockOf(block, drawn)),
      document,
      qr,
    ),
  );
}

function textOf(cell: Cell): string {
  return typeof cell === 'string' ? cell : cell.text;
}
