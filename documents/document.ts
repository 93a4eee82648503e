import type { TopLevelSpec } from 'vega-lite';

/** A document before it takes a form: what Word, Excel and PDF write is the same. */
export interface DocumentColumn {
  title: string;
  align: 'left' | 'right';
  /** Share of the width, in any unit. */
  width: number;
}

/** Numbers stay numbers in a spreadsheet; `text` is what is read. */
export type Cell = string | { value: number; text: string };

export interface TableBlock {
  kind: 'table';
  /** Stands above it, and names its sheet in a workbook. */
  caption: string;
  sheet: string;
  columns: readonly DocumentColumn[];
  rows: readonly (readonly Cell[])[];
  /** On pages of their own, lying. */
  landscape?: boolean;
  /** Below it. */
  note?: string;
  /** Too long for pages: only the workbook has it. */
  workbookOnly?: boolean;
}

/** Drawn when the document takes a form. */
export interface ChartBlock {
  kind: 'chart';
  caption: string;
  /** What it shows, in a sentence. */
  alt: string;
  spec: TopLevelSpec;
}

export type Block = { kind: 'heading'; text: string } | { kind: 'text'; text: string } | TableBlock | ChartBlock;

export interface Document {
  title: string;
  /** 文号; empty while it has none. */
  number: string;
  /** To whom, as the first line says it. */
  addressees: string;
  blocks: readonly Block[];
  /** Who issues it, and the day in Chinese. */
  issuer: string;
  day: string;
  /** RFC 3339: the moment in the properties of a file, so that the same document is the same bytes. */
  at: string;
  /** On every page. */
  footer: string;
  /** Content of the QR code beside the footer. */
  qr: string;
  /** Tables that follow the signature. */
  annexes: readonly Block[];
}
