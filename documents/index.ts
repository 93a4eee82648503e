export type { CircularTexts } from '@hengjian/models/publication/circulars.ts';
export { buildCircular } from './circular/build-circular.ts';
export { registerCircularCommand } from './commands/circular.ts';
export type { Block, Cell, ChartBlock, Document, DocumentColumn, TableBlock } from './document.ts';
