/** PDF with Noto Sans SC embedded, so that it looks the same everywhere. */
import pdfmake from 'pdfmake';
import type { Content, TableCell, TDocumentDefinitions } from 'pdfmake/interfaces.js';
import { BOLD, FONT, REGULAR } from '../charts/chart-font.ts';
import { chartSvg } from '../charts/draw-chart.ts';
import type { Block, Cell, ChartBlock, Document, TableBlock } from '../document.ts';

const INK = '#1f2933';
const LINE = '#9aa5b1';

export async function writePdf(document: Document): Promise<Buffer> {
  pdfmake.setFonts({ [FONT]: { normal: REGULAR, bold: BOLD, italics: REGULAR, bolditalics: BOLD } });
  // Only its own fonts: a text of the circular cannot make it read files or fetch addresses.
  pdfmake.setLocalAccessPolicy((path) => path === REGULAR || path === BOLD);
  pdfmake.setUrlAccessPolicy(() => false);
  const drawn = new Map<ChartBlock, string>();
  for (const block of [...document.blocks, ...document.annexes])
    if (block.kind === 'chart') drawn.set(block, await chartSvg(block.spec));
  return pdfmake.createPdf(definition(document, drawn)).getBuffer();
}

type Drawn = ReadonlyMap<ChartBlock, string>;

function definition(document: Document, drawn: Drawn): TDocumentDefinitions {
  return {
    info: { title: document.title, author: document.issuer, creationDate: new Date(document.at) },
    pageSize: 'A4',
    pageMargins: [68, 68, 62, 76],
    defaultStyle: { font: FONT, fontSize: 11.5, lineHeight: 1.35, color: INK },
    styles: {
      title: { fontSize: 17, bold: true, alignment: 'center', margin: [0, 8, 0, 12] },
      heading: { fontSize: 13, bold: true, margin: [0, 10, 0, 4] },
      caption: { fontSize: 10.5, bold: true, alignment: 'center', margin: [0, 4, 0, 2] },
      note: { fontSize: 8.5, color: '#52606d', margin: [0, 2, 0, 6] },
    },
    footer: (page, pages) => ({
      columns: [
        { qr: document.qr, fit: 46, width: 52 },
        { text: document.footer, fontSize: 6.8, color: '#52606d', width: '*', margin: [0, 16, 0, 0] },
        { text: `— ${page} / ${pages} —`, fontSize: 8.5, alignment: 'right', width: 60, margin: [0, 14, 0, 0] },
      ],
      margin: [68, 14, 62, 0],
    }),
    content: [
      { text: document.title, style: 'title' },
      ...(document.number ? [{ text: document.number, alignment: 'center', margin: [0, 0, 0, 10] } as Content] : []),
      { text: document.addressees, margin: [0, 0, 0, 4] },
      ...document.blocks.flatMap((block) => contentOf(block, drawn)),
      signature(document),
      ...annexContent(document.annexes, drawn),
    ],
  };
}

function contentOf(block: Block, drawn: Drawn): Content[] {
  if (block.kind === 'heading') return [{ text: block.text, style: 'heading', headlineLevel: 1 }];
  if (block.kind === 'text') return [{ text: block.text, leadingIndent: 23, margin: [0, 0, 0, 4] }];
  if (block.kind === 'chart')
    return [
      { text: block.caption, style: 'caption' },
      { svg: drawn.get(block)!, fit: [460, 420], alignment: 'center', font: FONT } as Content,
    ];
  return tableContent(block);
}

function tableContent({ caption, columns, rows, note, workbookOnly }: TableBlock): Content[] {
  if (workbookOnly) return [];
  const fontSize = columns.length > 9 ? 8 : 9;
  const share = columns.reduce((sum, { width }) => sum + width, 0);
  const cell = (content: Cell, i: number): TableCell => ({
    text: typeof content === 'string' ? content : content.text,
    alignment: columns[i]!.align,
    fontSize,
  });
  const head = columns.map(
    ({ title }): TableCell => ({ text: title, bold: true, fontSize, alignment: 'center', fillColor: '#e8ecf1' }),
  );
  const captionRow: TableCell[] = [
    { text: caption, style: 'caption', colSpan: columns.length, border: [false, false, false, true] },
    ...columns.slice(1).map(() => ''),
  ];
  return [
    {
      margin: [0, 4, 0, 0],
      table: {
        // The caption goes with the table, and is repeated with its head.
        headerRows: 2,
        dontBreakRows: true,
        keepWithHeaderRows: 1,
        widths: columns.map(({ width }) => `${(100 * width) / share}%`),
        body: [captionRow, head, ...rows.map((cells) => cells.map(cell))],
      },
      layout: {
        hLineWidth: (i) => (i === 0 ? 0 : 0.5),
        vLineWidth: () => 0.5,
        hLineColor: () => LINE,
        vLineColor: () => LINE,
        paddingLeft: () => 3,
        paddingRight: () => 3,
        paddingTop: () => 1.5,
        paddingBottom: () => 1.5,
      },
    },
    ...(note ? [{ text: note, style: 'note' } as Content] : []),
  ];
}

function signature({ issuer, day }: Document): Content {
  return {
    unbreakable: true,
    margin: [0, 22, 24, 0],
    stack: [
      { text: issuer, alignment: 'right' },
      { text: day, alignment: 'right' },
    ],
  };
}

/** The first annex begins a page; a lying table turns it, what follows turns it back. */
function annexContent(annexes: readonly Block[], drawn: Drawn): Content[] {
  let lying = false;
  return annexes.flatMap((block, i): Content[] => {
    const content = contentOf(block, drawn);
    if (block.kind !== 'heading') return content;
    const next = annexes[i + 1];
    const wanted = next?.kind === 'table' && next.landscape === true;
    if (i > 0 && wanted === lying) return content;
    lying = wanted;
    const [first, ...rest] = content;
    return [
      { ...(first as object), pageBreak: 'before', pageOrientation: wanted ? 'landscape' : 'portrait' } as Content,
      ...rest,
    ];
  });
}
