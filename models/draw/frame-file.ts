import { isUtf8 } from 'node:buffer';
import { createReadStream } from 'node:fs';
import { DrawError } from './draw-error.ts';
import type { FrameSource } from './frame-source.ts';

const TAB = 0x09;
const LF = 0x0a;
const CR = 0x0d;
const BLOCK_BYTES = 1 << 20;
/** A longer line is a broken file, not a row. */
const MAX_LINE_BYTES = 16 << 20;

/**
 * A frame in a TSV file, read in blocks: memory does not grow with the file.
 * @throws DrawError if it cannot be read, is empty, or its header is no header of a frame.
 */
export async function openFrameFile(path: string): Promise<FrameSource> {
  const header = await firstLine(path);
  const columns = columnsOf(header, path);
  return { name: path, columns, batches: () => dataLines(path, columns.length) };
}

async function firstLine(path: string): Promise<string> {
  for await (const { lines } of fileLines(path)) return lines[0]!.toString();
  throw new DrawError(`The frame ${path} is empty; it must hold a header line and a row an object.`);
}

/** @throws DrawError if the header does not name `id` first and `tier` once. */
export function columnsOf(header: string, name: string): string[] {
  const columns = header.split('\t');
  if (header.startsWith('\ufeff'))
    throw new DrawError(`The frame ${name} begins with a byte order mark; save it as UTF-8 without one.`);
  if (columns[0] !== 'id')
    throw new DrawError(
      `The first column of the frame ${name} is “${columns[0]}” and must be id; columns are separated by TAB, and the first line names them.`,
    );
  if (!columns.includes('tier'))
    throw new DrawError(`The frame ${name} has no column tier (it has ${columns.join(', ')}); add it.`);
  const twice = columns.find((column, index) => columns.indexOf(column) !== index);
  if (twice !== undefined)
    throw new DrawError(`The frame ${name} has two columns named “${twice}”; give one another name.`);
  return columns;
}

async function* dataLines(path: string, columnCount: number): AsyncIterable<Buffer[]> {
  for await (const { lines, firstNumber } of fileLines(path)) {
    const data = firstNumber === 1 ? lines.slice(1) : lines;
    const number = firstNumber === 1 ? 2 : firstNumber;
    data.forEach((line, index) => {
      const fields = fieldCount(line);
      if (fields !== columnCount) throw new DrawError(fieldProblem(path, number + index, line, fields, columnCount));
    });
    if (data.length > 0) yield data;
  }
}

function fieldProblem(path: string, number: number, line: Buffer, fields: number, expected: number): string {
  const found = line.length === 0 ? 'is empty' : `has ${fields} fields`;
  return `The frame ${path}, line ${number}, ${found} where the header names ${expected}; no field may hold a TAB or a line break.`;
}

function fieldCount(line: Buffer): number {
  let count = 1;
  for (let at = line.indexOf(TAB); at >= 0; at = line.indexOf(TAB, at + 1)) count++;
  return count;
}

interface Lines {
  lines: Buffer[];
  /** Of the first of `lines`, from 1. */
  firstNumber: number;
}

/** Lines of valid UTF-8 without CR; the last may lack its LF. */
async function* fileLines(path: string): AsyncIterable<Lines> {
  let rest: Buffer = Buffer.alloc(0);
  let firstNumber = 1;
  for await (const block of blocks(path)) {
    const bytes = rest.length > 0 ? Buffer.concat([rest, block]) : block;
    const end = bytes.lastIndexOf(LF) + 1;
    rest = bytes.subarray(end);
    if (rest.length > MAX_LINE_BYTES)
      throw new DrawError(`The frame ${path} has a line of more than 16 MB; it is no TSV file with a row a line.`);
    if (end === 0) continue;
    const lines = split(path, bytes.subarray(0, end), firstNumber);
    yield { lines, firstNumber };
    firstNumber += lines.length;
  }
  if (rest.length > 0) yield { lines: split(path, Buffer.concat([rest, Buffer.of(LF)]), firstNumber), firstNumber };
}

async function* blocks(path: string): AsyncIterable<Buffer> {
  try {
    yield* createReadStream(path, { highWaterMark: BLOCK_BYTES });
  } catch (error) {
    if (error instanceof DrawError) throw error;
    throw new DrawError(`The frame ${path} cannot be read: ${(error as Error).message}.`);
  }
}

function split(path: string, bytes: Buffer, firstNumber: number): Buffer[] {
  const lines: Buffer[] = [];
  for (let start = 0; start < bytes.length; ) {
    const end = bytes.indexOf(LF, start);
    lines.push(bytes.subarray(start, end));
    start = end + 1;
  }
  // The whole block is looked at first, because that is fast; the single line only to name it.
  if (bytes.includes(CR)) {
    const number = firstNumber + lines.findIndex((line) => line.includes(CR));
    throw new DrawError(`The frame ${path}, line ${number}, holds a CR; save the file with LF line ends (Unix).`);
  }
  if (!isUtf8(bytes)) {
    const number = firstNumber + lines.findIndex((line) => !isUtf8(line));
    throw new DrawError(`The frame ${path}, line ${number}, is not UTF-8; save the file as UTF-8.`);
  }
  return lines;
}
