import { DrawError } from './draw-error.ts';
import type { FrameSource } from './frame-source.ts';
import type { Plan } from './plan.ts';

const TAB = 0x09;
const SEPARATOR = Buffer.of(0x1f);

/** Finds in a line what a draw needs; text is held as latin1, a character a byte, so that JavaScript compares it bytewise. */
export interface FrameLayout {
  id(line: Buffer): string;
  /** The strata values and the tier, joined by TAB, which no field holds. */
  cellKey(line: Buffer): string;
  /** The bytes that follow seed ‖ 0x00 in the row's key: id, or id ‖ 0x1f ‖ salt. */
  keyBytes(line: Buffer): Buffer;
  salted: boolean;
}

/** @throws DrawError if the frame lacks a stratum of the plan. */
export function frameLayout(
  { name, columns }: Pick<FrameSource, 'name' | 'columns'>,
  plan: Pick<Plan, 'strata'>,
): FrameLayout {
  const missing = plan.strata.find((stratum) => !columns.includes(stratum));
  if (missing !== undefined)
    throw new DrawError(
      `The plan names the stratum “${missing}”, which the frame ${name} does not have (its columns: ${columns.join(', ')}); add the column or take the stratum out.`,
    );
  const cellColumns = [...plan.strata, 'tier'].map((column) => columns.indexOf(column));
  const saltColumn = columns.indexOf('salt');
  const bounds = new Int32Array(columns.length + 1);
  const locate = (line: Buffer) => {
    bounds[0] = -1;
    for (let column = 1; column < columns.length; column++) bounds[column] = line.indexOf(TAB, bounds[column - 1]! + 1);
    bounds[columns.length] = line.length;
  };
  const field = (line: Buffer, column: number) => line.toString('latin1', bounds[column]! + 1, bounds[column + 1]!);
  return {
    salted: saltColumn >= 0,
    id: (line) => line.toString('latin1', 0, idEnd(line)),
    cellKey(line) {
      locate(line);
      let key = field(line, cellColumns[0]!);
      for (let index = 1; index < cellColumns.length; index++) key += `\t${field(line, cellColumns[index]!)}`;
      return key;
    },
    keyBytes(line) {
      const id = line.subarray(0, idEnd(line));
      if (saltColumn < 0) return id;
      locate(line);
      return Buffer.concat([id, SEPARATOR, line.subarray(bounds[saltColumn]! + 1, bounds[saltColumn + 1]!)]);
    },
  };
}

function idEnd(line: Buffer): number {
  return line.indexOf(TAB);
}

/** Bytes held as latin1, as the text they are. */
export function textOf(latin1: string): string {
  return Buffer.from(latin1, 'latin1').toString();
}

/** The values of a cell key, as text. */
export function cellValues(cellKey: string): string[] {
  return cellKey.split('\t').map(textOf);
}

/** Text as latin1 bytes, for bytewise comparison. */
export function bytewise(text: string): string {
  return Buffer.from(text).toString('latin1');
}
