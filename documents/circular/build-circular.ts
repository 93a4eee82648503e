/** The circular (通报) of a published quarter (domain.md §9), out of the publication and its frozen rows only. */
import type { PublishedQuarter } from '@hengjian/models';
import type { CircularTexts } from '@hengjian/models/publication/circulars.ts';
import type { Block, Document } from '../document.ts';
import { annexes } from './annexes.ts';
import { closingSections } from './closing-sections.ts';
import { isScored } from './is-scored.ts';
import { itemSections } from './item-sections.ts';
import { lateSection } from './late-section.ts';
import { outstandingSection } from './outstanding-section.ts';
import { overallSection } from './overall-section.ts';
import { dayName, ordinal, periodName } from './words.ts';

/** A section without its ordinal; one that has nothing to say says so. */
export interface Section {
  title: string;
  blocks: Block[];
}

export function buildCircular(quarter: PublishedQuarter, texts: CircularTexts): Document {
  const { record, recordSha256 } = quarter;
  const subject = isScored(quarter) ? '工作评分' : '指标完成';
  const sections: Section[] = [
    overallSection(quarter),
    ...itemSections(quarter),
    outstandingSection(quarter),
    lateSection(quarter),
    ...closingSections(quarter, texts.contact),
    ...(texts.closing.trim() ? [{ title: '下一步工作要求', blocks: paragraphs(texts.closing) }] : []),
  ];
  const blocks = sections.flatMap(({ title, blocks: inside }, i): Block[] => [
    { kind: 'heading', text: `${ordinal(i + 1)}、${title}` },
    ...inside,
  ]);
  const kind = record.kind === 'corrected' ? `（第${record.number}次发布，更正）` : '';
  return {
    title: `关于${periodName(record.quarter)}市场监管联席会议${subject}情况的通报${kind}`,
    number: texts.number,
    addressees: '各成员单位：',
    blocks: [...paragraphs(texts.opening), ...blocks],
    issuer: texts.issuer,
    day: dayName(record.published_at),
    at: record.published_at,
    footer: `发布记录 SHA-256 ${recordSha256}`,
    qr: `score-publication-v1 ${record.quarter} #${record.number} ${recordSha256}`,
    annexes: annexes(quarter),
  };
}

/** A line each. */
function paragraphs(text: string): Block[] {
  return text
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '')
    .map((line) => ({ kind: 'text', text: line.trim() }));
}
