/** Words of the circular. */
import { parsePeriod } from '@hengjian/models/calendar/period.ts';

const KINDS: Readonly<Record<string, string>> = {
  missed_login_day: '应登陆日未登陆',
  unclaimed: '未认领',
  claimed_late: '逾期认领',
  not_fed_back: '未反馈',
  fed_back_late: '逾期反馈',
  not_entered: '未录入',
  entered_late: '逾期录入',
  case_missing: '案件不足',
  library_incomplete: '“两库一单”不完善',
  library_late: '逾期建库',
  no_plan: '未制订计划或任务',
  not_inspected: '未实施检查',
  draw_missing: '抽查次数不足',
  not_published: '未公示',
  published_late: '逾期公示',
  absent: '未参加会议',
  material_missing: '材料未报送',
  material_late: '材料逾期报送',
  mark_below_full: '酌情评分未得满分',
  not_pushed: '未推送',
  pushed_late: '逾期推送',
  not_notified: '未告知企业',
  notified_late: '逾期告知企业',
  receipt_missing: '未反馈接收情况',
  receipt_late: '逾期反馈接收情况',
  not_dispatched: '未分派',
  not_checked: '未实地检查',
  checked_late: '逾期实地检查',
  not_reminded: '未提醒催告',
  reminded_late: '逾期提醒催告',
  not_linked: '未处置许可',
  linked_late: '逾期处置许可',
  not_verified: '查无下落未核查',
  verified_late: '查无下落逾期核查',
  not_attached: '未记于企业名下',
  attached_late: '逾期记于企业名下',
  department_silent: '部门未归集',
  standard_failed: '不符合数据标准',
  not_applied: '未实施惩戒',
  not_received: '未接收下载',
  received_late: '逾期接收下载',
  loop_open: '惩戒未闭环',
  not_answered: '异议未答复',
  answered_late: '异议逾期答复',
  not_handled: '未查处',
  not_disposed: '预警未处置',
  report_missing: '未报送年报',
  applied_late: '逾期实施惩戒',
  dispatched_late: '逾期分派',
  disposed_late: '预警逾期处置',
  handled_late: '逾期查处',
  inspected_late: '逾期检查',
  loop_late: '惩戒逾期闭环',
};

/** What a lost row is called; a kind of an office's own measure by whether it was missed or late. */
export const kindWord = (kind: string): string => KINDS[kind] ?? (kind.endsWith('_late') ? '逾期办结' : '未办结');

const DIGITS = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十'] as const;

/** 1 → 一 … 10 → 十. */
export const ordinal = (n: number): string => DIGITS[n - 1] ?? String(n);

/** `2025Q2` → 2025年第二季度, `2025-04` → 2025年4月, `2025` → 2025年度 */
export function periodName(period: string): string {
  const year = period.slice(0, 4);
  const n = Number(period.slice(5));
  return { month: `${year}年${n}月`, quarter: `${year}年第${ordinal(n)}季度`, year: `${year}年度` }[typeOf(period)];
}

const THIS = { month: '本月', quarter: '本季度', year: '本年度' } as const;

/** `2025Q2` → 本季度 */
export const thisPeriod = (period: string): string => THIS[typeOf(period)];

const typeOf = (period: string) => parsePeriod(period)?.type ?? 'quarter';

/** `2025-07-20` or a longer moment → 2025年7月20日 */
export function dayName(day: string): string {
  const [year, month, date] = day.slice(0, 10).split('-').map(Number);
  return `${year}年${month}月${date}日`;
}

/** `2025-07-20T08:59:58…` → 2025年7月20日8时59分 */
export function minuteName(moment: string): string {
  return `${dayName(moment)}${Number(moment.slice(11, 13))}时${moment.slice(14, 16)}分`;
}
