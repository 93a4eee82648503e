import { expect, test } from 'vitest';
import { writePdf } from '../forms/write-pdf.ts';
import { publishedQuarter } from '../testing/published-quarter.ts';
import { buildBrief } from './build-brief.ts';

test('says in one page where the quarter stands, who moved and what cost most', async () => {
  const brief = buildBrief(publishedQuarter(), '联席会议办公室');
  const text = brief.blocks.flatMap((block) => (block.kind === 'text' ? [block.text] : [])).join('');
  expect(text).toContain('3个成员单位平均12.53分，较上季度上升2.53分。');
  expect(text).toContain('居前的是财政局（20.00分）；靠后的是行政审批局（1.50分）。');
  expect(text).toContain('财政局上升2位、行政审批局下降2位');
  expect(text).toContain('失分明细共2条，较多的是未认领1条、逾期认领1条。');
  const pdf = await writePdf(brief);
  expect(pdf.toString('latin1').match(/\/Type \/Page\b/g)).toHaveLength(1);
});

test('of twenty units too it is one page', async () => {
  const quarter = publishedQuarter();
  const units = Array.from({ length: 24 }, (_, i) => ({ ...quarter.snapshot.units[0]!, unit: `u${i}`, rank: i + 1 }));
  const pdf = await writePdf(buildBrief({ ...quarter, snapshot: { ...quarter.snapshot, units } }, '办公室'));
  expect(pdf.toString('latin1').match(/\/Type \/Page\b/g)).toHaveLength(1);
});

test('without points it says what was done of each item, of a correction too', () => {
  const quarter = publishedQuarter();
  const units = quarter.snapshot.units.map((unit, i) => ({
    ...unit,
    rank: null,
    total: null,
    items: unit.items.map((item) => ({ ...item, weight: null, points: null, rank: i + 1 })),
  }));
  const record = { ...quarter.record, kind: 'corrected' as const, number: 2, reason: '补录认领' };
  const brief = buildBrief({ ...quarter, record, snapshot: { ...quarter.snapshot, units } }, '办公室');
  const text = brief.blocks.flatMap((block) => (block.kind === 'text' ? [block.text] : [])).join('');
  expect(brief.title).toBe('2025年第二季度指标要情');
  expect(text).toContain('本次为更正（第2次发布）：补录认领。覆盖3个成员单位');
  expect(text).toContain('许可主体认领92/100（92.0%），末位市场监管局（46/50）');
  expect(text).toContain('未办和逾期明细共2条');
  expect(text).not.toMatch(/失分|总分上|分）/);
});
