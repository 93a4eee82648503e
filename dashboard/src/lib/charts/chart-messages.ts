import type { Locale } from '../i18n/locale.ts';

/** Words of the charts, in both languages. `{name}` parts are filled by `fill`. */
const messages = {
  'zh-CN': {
    weekFrom: '周（起始日）',
    unit: '单位',
    area: '区域',
    industry: '行业门类',
    total: '合计',
    share: '比例',
    count: '数量',
    noBusiness: '无业务',
    smallN: 'n = {n}，样本小，慎作比较',
    achievedScale: '达成比例（迟录按未迟录计）',
    countScale: '数量（由少到多）',
    rateScale: '每百（由低到高）',
    narrow: '回车键或单击：查看明细',
    claim: '认领',
    feedback: '反馈',
    stage: '环节',
    on_time: '按时',
    late: '逾期办理',
    done: '已办',
    waiting: '未办',
    open: '未到期',
    overdue: '超期未办',
    eventsPerMinute: '事件数 / 分钟',
    eventsPerStep: '事件数 / {n} 分钟',
    otherTypes: '其他类型',
    records: '记录数',
    time: '时刻',
    active: '在册主体',
    perHundred: '每百',
    areaUnknown: '区域不详',
    noBase: '无在册主体或检查结果，不计比率',
    month: '月份',
    quarter: '季度',
    results: '次检查结果',
    chart: '图表',
    keys: '方向键逐项浏览，回车键查看明细，Esc 键退出浏览。',
    table: '以表格显示',
    failed: '图表未能显示，请用下方表格。',
  },
  en: {
    weekFrom: 'Week from',
    unit: 'Unit',
    area: 'Area',
    industry: 'Industry section',
    total: 'Total',
    share: 'Share',
    count: 'Count',
    noBusiness: 'nothing due',
    smallN: 'n = {n}, small sample: compare with care',
    achievedScale: 'Share achieved (late entry: share not late)',
    countScale: 'Count, low to high',
    rateScale: 'Per 100, low to high',
    narrow: 'Enter or click for detail',
    claim: 'Claimed',
    feedback: 'Fed back',
    stage: 'Stage',
    on_time: 'On time',
    late: 'Late',
    done: 'Done',
    waiting: 'Not done',
    open: 'Open, not due',
    overdue: 'Overdue',
    eventsPerMinute: 'Events per minute',
    eventsPerStep: 'Events per {n} minutes',
    otherTypes: 'Other types',
    records: 'Records',
    time: 'Time',
    active: 'active subjects',
    perHundred: 'per 100',
    areaUnknown: 'Area unknown',
    noBase: 'nothing to set it against, no rate',
    month: 'Month',
    quarter: 'Quarter',
    results: 'results',
    chart: 'chart',
    keys: 'Arrow keys move from item to item, Enter opens the detail, Escape leaves.',
    table: 'Show as a table',
    failed: 'The chart could not be drawn; the table below has the same figures.',
  },
} as const;

export type ChartMessage = keyof (typeof messages)['zh-CN'];

/** The words of one language. */
export function chartMessages(locale: Locale): Record<ChartMessage, string> {
  return messages[locale];
}

/** Fills the `{name}` parts of a message. */
export function fill(message: string, values: Record<string, string | number>): string {
  return message.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}
