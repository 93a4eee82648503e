/** What every form says. */
export const forms = {
  'forms.not_recorded': ['未能记录，请更正后重新提交：', 'Nothing was recorded. Please correct and send again:'],
  'forms.counted_later': ['已记录，下次刷新时计入。', 'Recorded; counted at the next refresh.'],
  'forms.required': ['带 * 的为必填项。', 'Fields with * are required.'],
  'forms.missing': ['请填写“{field}”', '“{field}” is missing'],
  'forms.problem': ['{words}（所填为“{value}”）', '{words} (it was “{value}”)'],
  'forms.send': ['提交', 'Send'],
  'forms.cancel': ['取消', 'Cancel'],
} as const;
