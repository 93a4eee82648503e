import { expect, it } from 'vitest';
import { benchClose } from './close.ts';
import type { Figure } from './figure.ts';
import { benchHttp } from './http.ts';
import { benchImport } from './import.ts';
import { benchRefresh } from './refresh.ts';
import { benchRisk } from './risk.ts';
import { benchTables } from './tables.ts';

// Small runs, so that the scripts stay true to the program they measure. Figures of such runs mean nothing.
const figureOf = (figures: readonly Figure[], name: string): number =>
  figures.find((figure) => figure.name === name)!.value;

it('import: every event stored by both sides', async () => {
  const figures = await benchImport({ events: 3000, runs: 1 });
  expect(figureOf(figures, 'ratio to the same table')).toBeGreaterThan(0);
  expect(figureOf(figures, 'bytes on disk per event, merged')).toBeGreaterThan(5);
});

it('http: every event stored by both sides', async () => {
  const figures = await benchHttp({ events: 3500, runs: 1 });
  expect(figureOf(figures, '  ratio to raw inserts')).toBeGreaterThan(0);
});

it('refresh: six quarters of fourteen units', async () => {
  const figures = await benchRefresh({ events: 20_000, runs: 1 });
  expect(figures[0]!.note).toBe('6 quarters');
});

it('close: a quarter that proves itself, and its documents', async () => {
  const figures = await benchClose({ events: 20_000, runs: 1 });
  expect(figureOf(figures, '  close ÷ bare SQL')).toBeGreaterThan(0);
  expect(figures.map(({ note }) => note).filter((note) => /^[1-9]\d* kB$/.test(note ?? ''))).toHaveLength(4);
});

it('risk: every subject has a tier, every query has rows', async () => {
  const figures = await benchRisk({ events: 5_000, runs: 1 });
  expect(figures[0]!.note).toBe('500 subjects, 5,000 events; 1 run');
  for (const { note } of figures.filter(({ unit }) => unit === 'ms')) expect(note).not.toMatch(/ 0 rows/);
});

it('tables: every row of each format stored, and found by the bare read', async () => {
  const figures = await benchTables({ events: 300, runs: 1 });
  expect(figures.filter(({ unit, value }) => unit === 'rows/s' && value > 0)).toHaveLength(6);
});
