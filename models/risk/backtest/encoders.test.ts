import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { columnEncoder } from './column-encoder.ts';
import { fitDesign } from './fit-design.ts';
import { historyEncoder } from './history-encoder.ts';
import { type InspectionRows, inspectionRows } from './inspection-rows.ts';
import type { Mapping } from './read-mapping.ts';

const mapping: Mapping = { file: 'm.yaml', id: 'id', date: 'date', target: 'y', features: [] };

function rowsOf(columns: Record<string, string[]>): InspectionRows {
  const size = Object.values(columns)[0]!.length;
  const filled = { date: Array<string>(size).fill('2014-01-01'), y: Array<string>(size).fill('0'), ...columns };
  return inspectionRows(
    {
      file: 't.csv',
      size,
      columns: new Map(Object.entries(filled)),
      lines: Array.from({ length: size }, (_, i) => i + 2),
    },
    mapping,
  );
}
const list = (columns: Float64Array[]) => columns.map((values) => [...values]);

describe('columns', () => {
  it('are numbers where each known value is one; the unknown get a column of their own', () => {
    const train = rowsOf({ x: ['1', '2', 'NA', '3'] });
    const encoder = columnEncoder({ column: 'x', log1p: true, knots: [2] }, train);
    expect(encoder.labels).toEqual(['x', 'log(1+x)', 'x above 2', 'x (missing)']);
    expect(list(encoder.encode(rowsOf({ x: ['3', ''] })))).toEqual([
      [3, Number.NaN],
      [Math.log(4), Number.NaN],
      [1, Number.NaN],
      [0, 1],
    ]);
    expect(() => encoder.encode(rowsOf({ x: ['three'] }))).toThrow(/t\.csv line 2: "three" in x is no number/);
  });

  it('are cut into classes (lo, hi]', () => {
    const encoder = columnEncoder({ column: 'x', bins: [10, 20] }, rowsOf({ x: ['1', '99'] }));
    expect(list(encoder.encode(rowsOf({ x: ['10', '10.5', '20', '21'] })))).toEqual([
      [1, 0, 0, 0],
      [0, 1, 1, 0],
      [0, 0, 0, 1],
    ]);
  });

  it('are categories otherwise; rare levels are pooled, and one never seen counts as pooled or as average', () => {
    const train = rowsOf({ x: ['a', 'a', 'b', 'b', 'c', ''] });
    const pooled = columnEncoder({ column: 'x', min_count: 2 }, train);
    expect(pooled.labels).toEqual(['x = a', 'x = b', 'x = (other)']);
    expect(list(pooled.encode(rowsOf({ x: ['a', 'new', ''] })))).toEqual([
      [1, 0, 0],
      [0, 0, 0],
      [0, 1, 1],
    ]);
    const all = rowsOf({ x: ['a', 'a', 'b', 'b'] });
    const design = fitDesign([{ column: 'x' }], all);
    // Standardised, an average row is zero in each column.
    expect([...design.matrix(rowsOf({ x: ['new'] }))]).toEqual([0, 0]);
    expect([...design.matrix(rowsOf({ x: ['a'] }))]).toEqual([1, -1]);
  });

  it('are days since, where the mapping says so', () => {
    const train = rowsOf({ x: ['2013-12-31', '2013/1/1'] });
    expect(list(columnEncoder({ column: 'x', as: 'days_before' }, train).encode(train))).toEqual([[1, 365]]);
  });

  it('that never vary are left out; where none varies, the error says so', () => {
    const train = rowsOf({ x: ['1', '2'], same: ['5', '5'] });
    expect(fitDesign([{ column: 'same' }, { column: 'x' }], train).columns.map(({ label }) => label)).toEqual(['x']);
    expect(() => fitDesign([{ column: 'same' }], train)).toThrow(/No feature of the mapping varies in t\.csv/);
  });

  it('multiply: category × category, category × number', () => {
    const train = rowsOf({ a: ['p', 'p', 'q', 'q'], n: ['1', '3', '1', '3'] });
    const design = fitDesign([{ cross: ['a', 'n'], min_count: 1 }], train);
    expect(design.columns.map(({ label }) => label)).toEqual(['a = p × n', 'a = q × n']);
    expect([...design.matrix(rowsOf({ a: ['new'], n: ['7'] }))]).toEqual([0, 0]);
  });
});

describe('history', () => {
  const entry = fc.record({
    key: fc.constantFrom('a', 'b', ''),
    day: fc.integer({ min: 1, max: 28 }),
    y: fc.constantFrom('0', '1', ''),
  });
  const text = (day: number) => `2014-02-${String(day).padStart(2, '0')}`;

  it('counts outcomes of earlier days only, decayed and shrunken, as a count over all pairs does', () => {
    fc.assert(
      fc.property(
        fc.array(entry, { minLength: 1, maxLength: 30 }),
        fc.array(entry, { minLength: 1, maxLength: 10 }),
        fc.integer({ min: 0, max: 5 }),
        (past, asked, lag) => {
          const table = (entries: typeof past) =>
            rowsOf({
              key: entries.map(({ key }) => key),
              date: entries.map(({ day }) => text(day)),
              y: entries.map(({ y }) => y),
            });
          const feature = { history: 'y', by: 'key', prior: 3, half_life_days: 7, lag_days: lag };
          const [values] = historyEncoder(feature, table(past)).encode(table(asked));
          for (const [i, { key, day }] of asked.entries()) {
            const known = past.filter((p) => p.day < day - lag && p.y !== '' && p.key !== '');
            const overall = (known.filter(({ y }) => y === '1').length + 0.5) / (known.length + 1);
            const own = known.filter((p) => p.key === key);
            const weight = (p: { day: number }) => 0.5 ** ((day - p.day) / 7);
            const hits = own.reduce((sum, p) => sum + weight(p) * Number(p.y), 0);
            const count = own.reduce((sum, p) => sum + weight(p), 0);
            const rate = (hits + 3 * overall) / (count + 3);
            const logit = (p: number) => Math.log(p / (1 - p));
            if (key === '') expect(values![i]).toBeNaN();
            else expect(values![i]).toBeCloseTo(logit(rate) - logit(overall), 9);
          }
        },
      ),
    );
  });

  it('never looks at the outcome of the row itself', () => {
    const rows = (y: string) => rowsOf({ key: ['a', 'a'], date: [text(1), text(2)], y: ['1', y] });
    const values = (y: string) => list(historyEncoder({ history: 'y', by: 'key' }, rows(y)).encode(rows(y)));
    expect(values('1')).toEqual(values('0'));
  });
});
