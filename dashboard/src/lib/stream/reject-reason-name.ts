import type { Locale } from '../i18n/locale.ts';

/** Chinese for the reason codes of the ingest (its event reference has the English sentences). */
const chinese: Record<string, string> = {
  json_syntax: 'JSON 格式错误',
  utf8: '不是有效的 UTF-8 编码',
  nul_character: '文本含空字符',
  lone_surrogate: '文本含不完整的代理对字符',
  too_deep: '嵌套层次过深',
  too_large: '事件过大',
  unreadable_batch: '整批记录无法读取',
  not_an_object: '事件不是 JSON 对象',
  duplicate_member: '同一成员重复出现',
  missing_member: '缺少必填项',
  wrong_type: '数据类型不符',
  specversion: 'specversion 不是 "1.0"',
  id_length: 'id 长度不是 1–64 个字符',
  source_uri: 'source 不是有效的 URI',
  unknown_type: '未知的事件类型',
  time_form: '时间格式错误',
  time_without_offset: '时间未带时区偏移',
  time_too_early: '时间早于 2010 年',
  time_in_future: '时间超前 24 小时以上',
  department_form: '单位代码格式错误',
  region_code: '区域代码格式错误',
  subject_form: '主体标识为空或过长',
  uscc_form: '统一社会信用代码格式错误',
  uscc_check_character: '统一社会信用代码校验码错误',
  day_form: '日期格式错误',
  quarter_form: '季度格式错误',
  industry_code: '行业代码错误',
  unit_id: '单位代码格式错误',
  blank_text: '必填文本为空白',
  text_length: '文本为空或过长',
  not_in_list: '取值不在允许范围内',
  out_of_range: '数值超出范围',
  mark_item: '该项不设酌情评分',
  mark_points: '评分低于 0 或超过满分',
  days_reversed: '起始日晚于截止日',
  codes_exclusive: '“未发现问题”不能与其他结果并存',
  source_not_allowed: '密钥无权报送该来源',
  unit_not_allowed: '密钥无权报送该单位',
  not_granted: '该事件须由联席办、登记机关、系统或其他单位作出，报送方无此权限',
};

/** What a reason code means; English readers get the code, whose words are English. */
export function rejectReasonName(reason: string, locale: Locale): string {
  return (locale === 'zh-CN' && chinese[reason]) || reason.replaceAll('_', ' ');
}
