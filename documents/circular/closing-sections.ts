import type { PublishedQuarter } from '@hengjian/models';
import type { DocumentColumn } from '../document.ts';
import type { Section } from './build-circular.ts';
import { figuresName, isScored } from './is-scored.ts';
import { dayName, minuteName, periodName, thisPeriod } from './words.ts';

const MARKS: readonly DocumentColumn[] = [
  { title: '单位', align: 'left', width: 24 },
  { title: '指标', align: 'left', width: 26 },
  { title: '得分', align: 'right', width: 10 },
  { title: '理由', align: 'left', width: 40 },
  { title: '审批', align: 'left', width: 16 },
];

const OUTCOMES = { upheld: '成立', rejected: '不成立', partly: '部分成立' } as const;

/** 酌情评分, 更正, 异议. */
export function closingSections(quarter: PublishedQuarter, contact: string): Section[] {
  // Nobody awards points where the rule set has none.
  const marks = isScored(quarter) ? [marksSection(quarter)] : [];
  return [...marks, correctionsSection(quarter), objectionsSection(quarter, contact)];
}

function marksSection({ marks, unitNames, items, snapshot, record }: PublishedQuarter): Section {
  const nameOf = new Map(items.map(({ item, name }) => [item, name]));
  const isCounted = ({ unit, item }: { unit: string; item: string }) =>
    snapshot.units.some((one) => one.unit === unit && one.items.some((score) => score.item === item));
  const order = [...unitNames.keys()];
  const counted = marks.filter(isCounted).sort((a, b) => order.indexOf(a.unit) - order.indexOf(b.unit));
  const rows = counted.map(({ unit, item, points, reason, approver }) => [
    unitNames.get(unit) ?? unit,
    nameOf.get(item) ?? item,
    { value: points, text: String(points) },
    reason,
    approver,
  ]);
  return {
    title: '酌情评分',
    blocks:
      rows.length > 0
        ? [{ kind: 'table', caption: '酌情评分及理由', sheet: '酌情评分', columns: MARKS, rows }]
        : [{ kind: 'text', text: `${thisPeriod(record.quarter)}没有酌情评分。` }],
  };
}

function correctionsSection(of: PublishedQuarter): Section {
  const { corrections } = of;
  return {
    title: '上次通报以来的更正',
    blocks:
      corrections.length > 0
        ? corrections.map(({ quarter, number, published_at: at, reason }) => ({
            kind: 'text',
            text: `${periodName(quarter)}${figuresName(of)}于${minuteName(at)}更正（第${number}次发布）：${reason}`,
          }))
        : [{ kind: 'text', text: `上次通报以来没有更正已发布的${figuresName(of)}。` }],
  };
}

function objectionsSection(quarter: PublishedQuarter, contact: string): Section {
  const { window, objections, unitNames, items, record } = quarter;
  const nameOf = new Map(items.map(({ item, name }) => [item, name]));
  const shown = window
    ? `${figuresName(quarter)}草稿于${dayName(window.shownOn)}告知各单位，异议期至${dayName(window.plainUntil)}。`
    : `${thisPeriod(record.quarter)}没有告知${figuresName(quarter)}草稿，未开设异议期。`;
  const list = objections.map(({ unit, item, state, outcome, reason }) => {
    const result =
      state === 'answered' && outcome
        ? `${OUTCOMES[outcome]}（${reason}）`
        : state === 'withdrawn'
          ? '已撤回'
          : state === 'open'
            ? '尚未答复'
            : '未予受理';
    return `${unitNames.get(unit) ?? unit}对“${nameOf.get(item) ?? item}”提出异议：${result}`;
  });
  const despite = record.kind === 'published' && record.reason ? `发布时的说明：${record.reason}。` : '';
  return {
    title: '异议与联系方式',
    blocks: [
      {
        kind: 'text',
        text: `${shown}${list.length > 0 ? `共收到异议${list.length}件。` : '没有收到异议。'}${despite}`,
      },
      ...list.map((text) => ({ kind: 'text' as const, text: `${text}。` })),
      {
        kind: 'text',
        text: `对已发布的${figuresName(quarter)}有疑问的，请与联席会议办公室联系${contact ? `：${contact}` : ''}。`,
      },
    ],
  };
}
