import { visibleLine } from '@hengjian/contract/visible-text.ts';
import type { Alert } from './alert.ts';
import { alertThresholds } from './alert-thresholds.ts';
import { describeUncounted } from './describe-uncounted.ts';
import { formatDuration, type Language } from './format-duration.ts';

/** An alert in sentences: what is the case, why we think so, what to do; and the page that shows more, if one does. */
export interface AlertText {
  what: string;
  why: string;
  todo: string;
  href?: string;
}

/** Sources, units and ids in it are what others sent: nothing in them hides or reorders the sentence. */
export function describeAlert(alert: Alert, language: Language, at: Date): AlertText {
  const { what, why, todo, ...more } = sentences(alert, wordsOf(language, at));
  return { what: visibleLine(what), why: visibleLine(why), todo: visibleLine(todo), ...more };
}

type Of<Kind extends Alert['alert']> = Extract<Alert, { alert: Kind }>;

/** How sentences of one language are written. */
interface Words {
  language: Language;
  say(zh: string, en: string): string;
  count(n: number): string;
  tenths(n: number): string;
  percent(share: number): string;
  ago(since: string): string;
  list(parts: readonly number[]): string;
}

function wordsOf(language: Language, at: Date): Words {
  const say = (zh: string, en: string) => (language === 'en' ? en : zh);
  return {
    language,
    say,
    count: (n) => new Intl.NumberFormat(language, { maximumFractionDigits: 0 }).format(n),
    tenths: (n) => new Intl.NumberFormat(language, { minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(n),
    percent: (share) => new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1 }).format(share),
    ago: (since) => formatDuration(language, (at.getTime() - Date.parse(since)) / 1000),
    list: (parts) => parts.join(say('、', ', ')),
  };
}

function sentences(alert: Alert, words: Words): AlertText {
  switch (alert.alert) {
    case 'source_silent':
      return sourceSilent(alert, words);
    case 'rejects_above_share':
      return rejectsAboveShare(alert, words);
    case 'events_uncounted':
      return describeUncounted(alert, words.language, moment);
    case 'lag_growing':
      return lagGrowing(alert, words);
    case 'workers_silent':
      return workersSilent(alert, words);
    case 'lag_unknown':
      return lagUnknown(alert, words);
    case 'records_dropped':
      return recordsDropped(alert, words);
  }
}

function sourceSilent(alert: Of<'source_silent'>, { say, count, tenths, language }: Words): AlertText {
  const { habitDays } = alertThresholds.source_silent;
  const [now, habit, n] = [tenths(alert.usual_hours), tenths(alert.habit_hours), count(alert.n)];
  const silence = formatDuration(language, alert.silence_s);
  return {
    what: say(
      `系统 ${alert.source} 已 ${silence} 没有报送（自 ${moment(alert.since)}）。`,
      `Source ${alert.source} has sent nothing for ${silence} (since ${moment(alert.since)}).`,
    ),
    why: say(
      `按其惯常报送时段折算，已静默 ${now} 小时；近 ${habitDays} 天 99% 的间隔不超过 ${habit} 小时（n=${n} 个有报送的小时）。`,
      `Counted in the hours in which it usually sends, that is ${now} hours; in the last ${habitDays} days 99 % of its pauses were no longer than ${habit} hours (n = ${n} hours with arrivals).`,
    ),
    todo: say(
      '请联系报送系统的维护人员；如对方称已报送，请核对其密钥是否有效，并查看接入日志中的 401、503。',
      'Ask whoever runs that system; if they say that they send, check whether its ingest key is in force and look for 401 and 503 in the log of the edge.',
    ),
    href: '/stream#sources',
  };
}

function rejectsAboveShare(alert: Of<'rejects_above_share'>, { say, count, percent }: Words): AlertText {
  const { windowMinutes } = alertThresholds.rejects_above_share;
  return {
    what:
      alert.origin === undefined
        ? say(
            `系统 ${alert.source} 最近 ${windowMinutes} 分钟报送的事件有 ${percent(alert.share)} 被拒收（${count(alert.rejects)} / ${count(alert.n)}）。`,
            `Of the events of source ${alert.source} in the last ${windowMinutes} minutes ${percent(alert.share)} were refused (${count(alert.rejects)} of ${count(alert.n)}).`,
          )
        : say(
            `经 ${alert.origin} 最近 ${windowMinutes} 分钟送达的事件有 ${percent(alert.share)} 来源不可读或未知而被拒收（${count(alert.rejects)} / ${count(alert.n)}）。`,
            `Of the events that came by ${alert.origin} in the last ${windowMinutes} minutes ${percent(alert.share)} were refused, their source not readable or unknown (${count(alert.rejects)} of ${count(alert.n)}).`,
          ),
    why: say(
      `允许比例为 ${percent(alert.allowed_share)}，以此样本量不能以偶然解释（n=${count(alert.n)}，95% 置信）。`,
      `${percent(alert.allowed_share)} is allowed, and with n = ${count(alert.n)} chance does not explain it (95 % confidence).`,
    ),
    todo: say(
      '请按拒收原因更正后重放（hengjian rejects replay），并告知报送单位更正程序。',
      'Look at the reasons, correct and replay (hengjian rejects), and tell whoever runs that system.',
    ),
    href: '/stream/rejects',
  };
}

function lagGrowing(alert: Of<'lag_growing'>, { say, count }: Words): AlertText {
  return {
    what: say(
      `日志积压持续增长：${count(alert.lag)} 条记录尚未入库（自 ${moment(alert.since)} 起）。`,
      `The lag is growing: ${count(alert.lag)} records of the log are not stored (building up since ${moment(alert.since)}).`,
    ),
    why: say(
      `近 ${alertThresholds.lag.windowMinutes} 分钟每分钟写入日志 ${count(alert.produced)} 条、入库 ${count(alert.stored)} 条，积压每分钟增加 ${count(alert.growth)} 条（n=${alert.n} 次观测）。`,
      `In the last ${alertThresholds.lag.windowMinutes} minutes ${count(alert.produced)} records a minute were produced and ${count(alert.stored)} stored; the lag grows by ${count(alert.growth)} a minute (n = ${alert.n} looks).`,
    ),
    todo: say(
      '入库耗时偏长时先检查数据仓库；否则增加一个入库进程（本机设 WORKERS，其他机器设 CLICKHOUSE_URL 后运行 up --only worker；不超过分区数）。',
      'If inserts are slow, look after the warehouse; else start another worker (WORKERS on this machine, up --only worker with CLICKHOUSE_URL on another; at most one a partition helps).',
    ),
    href: '/stream#partitions',
  };
}

function workersSilent(alert: Of<'workers_silent'>, { say, count, ago, list }: Words): AlertText {
  return {
    what: alert.all
      ? say(
          `入库进程没有动静：${count(alert.lag)} 条记录积压在日志中，${ago(alert.since)}内无一入库（自 ${moment(alert.since)}）。`,
          `Workers are silent: ${count(alert.lag)} records wait in the log, and none has been stored for ${ago(alert.since)} (since ${moment(alert.since)}).`,
        )
      : say(
          `分区 ${list(alert.partitions)} 停滞：${count(alert.lag)} 条记录 ${ago(alert.since)}内未入库，其他分区正常。`,
          `Partitions ${list(alert.partitions)} stand still: ${count(alert.lag)} records have not been stored for ${ago(alert.since)}, while others move.`,
        ),
    why: say(
      `${alert.n} 个分区有积压而入库位置未变（主题 ${alert.topic}）。`,
      `${alert.n} partitions of ${alert.topic} have lag, and what is stored of them has not moved.`,
    ),
    todo: alert.all
      ? say(
          '请确认入库进程在运行（up --only worker）且数据仓库可写；日志中会写明原因。重启后自动续传，不会丢失。',
          'See that workers run (up --only worker) and that the warehouse takes inserts; their log names the reason. They go on where they stopped, nothing is lost.',
        )
      : say(
          '请重启负责这些分区的入库进程，其日志会写明原因。',
          'Restart the worker that has these partitions; its log names the reason.',
        ),
    href: '/stream#partitions',
  };
}

function lagUnknown(alert: Of<'lag_unknown'>, { say, ago }: Words): AlertText {
  return {
    what: alert.since
      ? say(
          `积压情况不明：最近一次查询消息代理是 ${ago(alert.since)}前（${moment(alert.since)}）。`,
          `The lag is unknown: the brokers were last asked ${ago(alert.since)} ago (${moment(alert.since)}).`,
        )
      : say('积压情况不明：近一天内没有查询过消息代理。', 'The lag is unknown: nobody asked the brokers within a day.'),
    why: say(
      `调度进程每 15 秒查询一次主题 ${alert.topic}；没有结果，说明调度进程未运行或消息代理无应答。`,
      `The scheduler asks for ${alert.topic} every 15 seconds; without an answer either it does not run or no broker answers.`,
    ),
    todo: say(
      '请确认调度进程在运行（up --only scheduler），并用 hengjian status 检查消息代理。',
      'See that the scheduler runs (up --only scheduler); hengjian status says whether the brokers answer.',
    ),
    href: '/stream#partitions',
  };
}

function recordsDropped(alert: Of<'records_dropped'>, { say, count, list }: Words): AlertText {
  return {
    what: say(
      `日志已清除 ${count(alert.n)} 条尚未入库的记录（分区 ${list(alert.partitions)}）。`,
      `The log dropped ${count(alert.n)} records before they were stored (partitions ${list(alert.partitions)}).`,
    ),
    why: say(
      `主题 ${alert.topic} 的保留期短于入库中断的时间。`,
      `The retention of ${alert.topic} is shorter than the time for which nothing was stored.`,
    ),
    todo: say(
      '请报送系统补报该时段的事件（重复者只存一次），并延长主题的保留期。',
      'Ask the sending systems to send that time again (what is stored counts as duplicate), and lengthen the retention of the topic.',
    ),
    href: '/stream#partitions',
  };
}

/** `2026-03-02 11:30`, legal time of China. */
function moment(iso: string): string {
  const parts = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', dateStyle: 'short', timeStyle: 'short' });
  return parts.format(new Date(iso));
}
