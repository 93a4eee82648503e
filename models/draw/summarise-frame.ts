import { createHash } from 'node:crypto';
import { DrawError } from './draw-error.ts';
import { type FrameLayout, textOf } from './frame-layout.ts';
import type { FrameSource } from './frame-source.ts';
import { MerkleTree } from './merkle-tree.ts';
import { sortLines } from './sort-lines.ts';

/** What the first reading of a frame yields. */
export interface FrameSummary {
  rows: number;
  /** Of the canonical lines, each followed by LF; hex. */
  sha256: string;
  merkleRoot: Buffer;
  /** Rows by cell key. */
  cells: Map<string, number>;
  /** Of the id that was asked for, where the frame has it. */
  watched: WatchedRow | undefined;
}

export interface WatchedRow {
  line: Buffer;
  /** In canonical order, from 0. */
  index: number;
  /** RFC 6962 audit path, bottom up. */
  path: Buffer[];
}

const LF = Buffer.of(0x0a);

/**
 * Reads the frame once, in canonical order: hash, Merkle root, cell counts (draw.md §1, §4).
 *
 * @param watchedId the id (latin1 bytes) whose line and Merkle path are wanted
 * @throws DrawError for an empty frame, an empty id or an id in two rows
 */
export async function summariseFrame(
  source: FrameSource,
  layout: FrameLayout,
  watchedId?: string,
): Promise<FrameSummary> {
  const hash = createHash('sha256');
  const cells = new Map<string, number>();
  const tree = new MerkleTree();
  let watched: Omit<WatchedRow, 'path'> | undefined;
  let rows = 0;
  let before: string | undefined;
  for await (const lines of sortLines(source.batches(), layout.id)) {
    const pieces: Buffer[] = [];
    for (const line of lines) {
      const id = layout.id(line);
      if (id === before || id === '') throw new DrawError(idProblem(source.name, id));
      before = id;
      const cell = layout.cellKey(line);
      cells.set(cell, (cells.get(cell) ?? 0) + 1);
      tree.add(line, id === watchedId);
      if (id === watchedId) watched = { line: Buffer.from(line), index: rows };
      rows++;
      pieces.push(line, LF);
    }
    hash.update(Buffer.concat(pieces));
  }
  if (rows === 0)
    throw new DrawError(`The frame ${source.name} has a header but no row; it needs a row an object to draw from.`);
  const { root, path } = tree.finish();
  return { rows, sha256: hash.digest('hex'), merkleRoot: root, cells, watched: watched && { ...watched, path } };
}

function idProblem(name: string, id: string): string {
  return id === ''
    ? `The frame ${name} has a row whose id is empty; every object needs its own.`
    : `The id ${textOf(id)} stands in two rows of the frame ${name}; each object may stand there once, or it would be drawn twice as often.`;
}
