export { buildCircular, type CircularTexts } from './circular/build-circular.ts';
export { registerCircularCommand } from './commands/circular.ts';
export type { Block, Cell, Document, DocumentColumn, TableBlock } from './document.ts';
