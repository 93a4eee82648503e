/**
 * A stratified draw from a frozen frame: 4.05 % of the rows (404,694 of ten million) in 1,440 cells of area × industry × tier.
 * The peer is the bare statement over the same rows: hash, rank within the cell, take the first n of each; it proves nothing.
 */

import { cellsOf } from '@hengjian/models/draw/cells.ts';
import { commitOf, roundingOffset, seedOf } from '@hengjian/models/draw/commitment.ts';
import { parsePlan } from '@hengjian/models/draw/plan.ts';
import { runStoredDraw } from '@hengjian/models/draw/sql/run-stored-draw.ts';
import { storedSmallestKeys } from '@hengjian/models/draw/sql/stored-smallest-keys.ts';
import { summariseStoredFrame } from '@hengjian/models/draw/sql/summarise-stored-frame.ts';
import type { Warehouse } from '@hengjian/warehouse';
import { temporaryWarehouse } from '@hengjian/warehouse/testing.ts';
import { type Figure, figureTable, median, spread } from './figure.ts';
import { type BenchOptions, benchOptions } from './options.ts';

/** `events`: rows of the frame. */
export const DRAW_DEFAULTS: BenchOptions = { events: 1_000_000, runs: 3 };
const FRAME = 'bench/1';
const SHARE = 0.0404694;
const SECRET = Buffer.alloc(32, 0x11);
const BEACON = Buffer.alloc(32, 0x22);

export async function benchDraw({ events: rows, runs }: BenchOptions): Promise<Figure[]> {
  const { warehouse, close } = await temporaryWarehouse();
  try {
    await fillFrame(warehouse, rows);
    const n = Math.round(rows * SHARE);
    const plan = parsePlan({
      method: 'tier-srs-v1',
      tiers: { A: '1/100', B: '3/100', C: '1/10', D: '3/10' },
      n,
      strata: ['area', 'industry'],
    });
    const summary = await summariseStoredFrame(warehouse, FRAME);
    const seed = seedOf(SECRET, BEACON, summary.merkleRoot, plan.hash);
    const cells = cellsOf(plan, summary.cells, roundingOffset(seed));
    const limits = cells.map(({ size }) => size);
    const times = { record: [] as number[], keys: [] as number[], bare: [] as number[] };
    let commit = '';
    for (let run = 0; run < runs; run++) {
      times.bare.push(
        await seconds(() =>
          bareDraw(
            warehouse,
            cells.map(({ key }) => key),
            limits,
            seed,
          ),
        ),
      );
      times.keys.push(await seconds(() => storedSmallestKeys(warehouse, FRAME, cells, seed)));
      times.record.push(
        await seconds(async () => {
          const record = await runStoredDraw(warehouse, FRAME, plan, SECRET, BEACON);
          if (record.selected.length !== n) throw new Error(`${record.selected.length} were drawn, not ${n}`);
          commit = record.commit;
        }),
      );
    }
    if (commit !== commitOf(SECRET, summary.merkleRoot, plan.hash).toString('hex')) throw new Error('another frame');
    const bare = median(times.bare);
    const counts = `${n.toLocaleString('en')} of ${rows.toLocaleString('en')} in ${cells.length} cells`;
    return [
      { name: 'draw: bare SQL', value: bare, unit: 's', note: `${counts}; ${spread(times.bare)}` },
      {
        name: 'draw: drawn and reserve, ours ÷ bare SQL',
        value: median(times.keys) / bare,
        unit: '×',
        aim: { atMost: 1.3 },
        note: spread(times.keys),
      },
      {
        name: 'draw: whole record (hash, Merkle root, allocation, keys) ÷ bare SQL',
        value: median(times.record) / bare,
        unit: '×',
        note: spread(times.record),
      },
    ];
  } finally {
    await close();
  }
}

/** Subjects in 20 areas and 18 sections, tiers as in Bayannur 2022 (domain.md §7). */
async function fillFrame(warehouse: Warehouse, rows: number): Promise<void> {
  await warehouse.command(
    `INSERT INTO draw_frames (frame_id, id, cell, key_bytes, line)
     SELECT {frame:String}, id, [area, industry, tier], concat(id, '\\x1f', salt), arrayStringConcat([id, area, industry, tier, salt], '\\t')
     FROM (
       SELECT concat('91320600', leftPad(toString(number), 10, '0')) AS id, toString(320671001 + cityHash64(number) % 20) AS area,
         substring('ABCDEFGHIJKLMNOPQR', 1 + cityHash64(number, 1) % 18, 1) AS industry, cityHash64(number, 2) % 1000 AS lot,
         multiIf(lot < 732, 'A', lot < 919, 'B', lot < 971, 'C', 'D') AS tier, lower(hex(sipHash128(number))) AS salt
       FROM numbers({rows:UInt64}))`,
    { frame: FRAME, rows },
  );
}

async function bareDraw(
  warehouse: Warehouse,
  cells: readonly string[][],
  limits: readonly number[],
  seed: Buffer,
): Promise<void> {
  const drawn = await warehouse.query(
    `WITH sizes AS (SELECT {cells:Array(Array(String))}[number + 1] AS sized, {limits:Array(UInt64)}[number + 1] AS size
       FROM numbers(length({limits:Array(UInt64)})))
     SELECT id, lower(hex(key)) AS key_hex FROM (
       SELECT id, cell, key, row_number() OVER (PARTITION BY cell ORDER BY key, id) AS place
       FROM (SELECT id, cell, SHA256(concat(unhex({seed:String}), '\\0', key_bytes)) AS key FROM draw_frames WHERE frame_id = {frame:String}) AS keyed) AS placed
     INNER JOIN sizes ON sized = cell WHERE place <= size`,
    { frame: FRAME, seed: seed.toString('hex'), cells, limits },
  );
  const wanted = limits.reduce((sum, size) => sum + size, 0);
  if (drawn.length !== wanted) throw new Error(`the bare statement drew ${drawn.length}, not ${wanted}`);
}

async function seconds(act: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await act();
  return (performance.now() - started) / 1000;
}

if (import.meta.main) console.log(figureTable(await benchDraw(benchOptions(DRAW_DEFAULTS))));
