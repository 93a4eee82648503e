/** Tiers as text for a terminal. */

import { roundExact } from '@hengjian/contract/round-exact.ts';
import { visibleLine } from '@hengjian/contract/visible-text.ts';
import type { IndicatorSet } from '../risk/indicators/load-indicators.ts';
import type { SubjectRisk } from '../risk/queries/read-subject-risk.ts';
import type { TierList } from '../risk/queries/read-tiers.ts';
import type { RecordedTiers } from '../risk/record-tiers.ts';
import type { Language } from './language.ts';
import type { PlaceNames } from './place-names.ts';
import { textTable } from './text-table.ts';

const WORDS = {
  zh: {
    internal: '内部参考，仅用于配置监管资源：不评价、不惩戒、不公开、不免抽',
    tier: '等级',
    subjects: '户数',
    direct: '直接判定',
    differs: '与省级分类不同',
    subject: '主体',
    name: '名称',
    area: '区域',
    points: '指数',
    given: '省级分类',
    recorded: (month: string, scored: number, changed: number) =>
      `${month} 的等级已记入日志：首次定级 ${scored} 户，等级变动 ${changed} 户。`,
    asOf: '截至',
    none: '登记簿中没有市场主体。',
    reason: '理由',
    day: '日期',
    event: '事件',
    indicator: '指标',
    weight: '权重',
    cap: '上限',
    window: '时限（天）',
    clause: '依据',
    capped: (points: string) => `（封顶前 ${points}）`,
    assigns: (tier: string) => `直接判定为 ${tier}`,
    noReasons: '没有不利记录。',
    givenLine: (tier: string, day: string, event: string) => `省级分类 ${tier}（${day}，${event}）`,
    same: '，与本办一致',
    differsLine: (tier: string) => `，本办为 ${tier}，依据以上理由`,
    givenReasons: '省级分类载明的理由',
    unsaid: '省级分类没有以文字载明理由。',
    history: '历次',
    changes: '等级可能的变化',
    without: { removal: '移出后', repair: '信用修复后', time: '期满后', 'new registration': '变更登记后' },
    falls: (day: string, points: string, tier: string) => `若无新情况，${day} 降为 ${tier}（指数 ${points}）`,
    next: (missing: string, tier: string) => `再增加 ${missing} 分进入 ${tier}`,
    becomes: (points: string, tier: string) => `为 ${tier}（指数 ${points}）`,
  },
  en: {
    internal: 'Internal, for allocating supervision only: no rating, no penalty, not published, exempts nobody',
    tier: 'tier',
    subjects: 'subjects',
    direct: 'directly assigned',
    differs: 'differ from the provincial tier',
    subject: 'subject',
    name: 'name',
    area: 'area',
    points: 'index',
    given: 'provincial',
    recorded: (month: string, scored: number, changed: number) =>
      `The tiers of ${month} are in the log: ${scored} for the first time, ${changed} changed.`,
    asOf: 'as of',
    none: 'No market subject is in the register.',
    reason: 'reason',
    day: 'day',
    event: 'event',
    indicator: 'indicator',
    weight: 'weight',
    cap: 'cap',
    window: 'window (days)',
    clause: 'source',
    capped: (points: string) => ` (${points} before the cap)`,
    assigns: (tier: string) => `assigns ${tier} directly`,
    noReasons: 'Nothing speaks against it.',
    givenLine: (tier: string, day: string, event: string) => `Provincial tier ${tier} (${day}, ${event})`,
    same: ', the same as ours',
    differsLine: (tier: string) => `, ours is ${tier}: by the reasons above`,
    givenReasons: 'what the province gives as its reasons',
    unsaid: 'The province gives no reasons in words.',
    history: 'history',
    changes: 'what would change it',
    without: {
      removal: 'after removal',
      repair: 'after repair',
      time: 'when it lapses',
      'new registration': 'after a changed registration',
    },
    falls: (day: string, points: string, tier: string) => `if nothing new happens, ${tier} on ${day} (index ${points})`,
    next: (missing: string, tier: string) => `${missing} points more begin ${tier}`,
    becomes: (points: string, tier: string) => `${tier} (index ${points})`,
  },
} as const;

export function recordedText({ month, scored, changed }: RecordedTiers, language: Language): string {
  return `${WORDS[language].recorded(month, scored, changed)}\n`;
}

export function indicatorsText(set: IndicatorSet, language: Language): string {
  const words = WORDS[language];
  const cuts = set.thresholds ?? set.shares!.map((share) => `${share} %`);
  const rows = [
    ...set.indicators.map(({ id, name, event, weight, cap, window_days, clause }) => [
      id,
      name[language],
      event,
      String(weight),
      cap === undefined ? '' : String(cap),
      window_days === undefined ? '' : String(window_days),
      clause,
    ]),
    ...set.direct.map(({ id, name, event, tier, window_days, clause }) => [
      id,
      name[language],
      event,
      words.assigns(tier),
      '',
      window_days === undefined ? '' : String(window_days),
      clause,
    ]),
  ];
  const head = ['', words.indicator, words.event, words.weight, words.cap, words.window, words.clause];
  const table = textTable(head, rows, ['left', 'left', 'left', 'right', 'right', 'right', 'left']);
  return `${set.id} ${set.version} · ${set.tiers.join(' ')} · ${cuts.join(' ')} · sha256 ${set.hash}\n\n${table}\n`;
}

const show = (points: number): string => roundExact(points);

export function tierListText(list: TierList, language: Language, { area: areaName }: Pick<PlaceNames, 'area'>): string {
  const words = WORDS[language];
  const head = `${list.month} · ${list.indicators.id} ${list.indicators.version} · ${words.asOf} ${list.as_of_day}\n${words.internal}`;
  if (list.subjects.length === 0) return `${head}\n\n${words.none}\n`;
  const counts = textTable(
    [words.tier, words.subjects, words.direct, words.differs],
    list.tiers.map(({ tier, subjects, direct, differs }) => [tier, String(subjects), String(direct), String(differs)]),
    ['left', 'right', 'right', 'right'],
  );
  const rows = list.subjects.map(({ subject, name, area, points, tier, given_tier, direct }) => [
    tier,
    show(points),
    subject,
    name,
    areaName(area),
    given_tier ?? '',
    direct.join(' '),
  ]);
  const table = textTable(
    [words.tier, words.points, words.subject, words.name, words.area, words.given, words.direct],
    rows,
    ['left', 'right'],
  );
  return `${head}\n\n${counts}\n\n${table}\n`;
}

export function subjectRiskText(risk: SubjectRisk, language: Language): string {
  const words = WORDS[language];
  const parts = [
    `${risk.subject} ${risk.name} · ${risk.month} · ${words.tier} ${risk.tier} · ${words.points} ${show(risk.points)} · ${words.asOf} ${risk.as_of_day}\n${words.internal}`,
    risk.reasons.length > 0 ? reasonsText(risk, language) : words.noReasons,
  ];
  if (risk.given) {
    const { tier, day, source, id, differs, reasons } = risk.given;
    const line = words.givenLine(tier, day, `${source} ${id}`) + (differs ? words.differsLine(risk.tier) : words.same);
    const said = reasons.map((reason) => `- ${visibleLine(reason)}`);
    parts.push(`${line}\n${said.length === 0 ? words.unsaid : `${words.givenReasons}:\n${said.join('\n')}`}`);
  }
  const history = risk.history.map((entry) => `${entry.month} ${entry.tier} ${show(entry.points)}`);
  parts.push(`${words.history}: ${history.join(' · ')}`);
  const changes = changesText(risk, language);
  if (changes.length > 0) parts.push(`${words.changes}:\n${changes.map((line) => `- ${line}`).join('\n')}`);
  return `${parts.join('\n\n')}\n`;
}

function reasonsText(risk: SubjectRisk, language: Language): string {
  const words = WORDS[language];
  const rows = risk.reasons.flatMap((reason) => [
    [
      reason.tier ? words.assigns(reason.tier) : show(reason.points),
      reason.name[language] + (reason.uncapped > reason.points ? words.capped(show(reason.uncapped)) : ''),
      reason.clause,
    ],
    ...reason.events.map(({ source, id, day, points }) => [
      '',
      `  ${day}  ${source} ${id}`,
      reason.tier ? '' : show(points),
    ]),
  ]);
  return textTable([words.points, words.reason, ''], rows, ['right', 'left', 'left']);
}

function changesText(risk: SubjectRisk, language: Language): string[] {
  const words = WORDS[language];
  const { without, falls, next } = risk.outlook;
  const nameOf = (id: string) => risk.reasons.find(({ indicator }) => indicator === id)!.name[language];
  return [
    ...without.map(
      ({ indicator, by, points, tier }) =>
        `${nameOf(indicator)}: ${words.without[by]} ${words.becomes(show(points), tier)}`,
    ),
    ...(falls ? [words.falls(falls.day, show(falls.points), falls.tier)] : []),
    ...(next ? [words.next(show(next.missing), next.tier)] : []),
  ];
}
