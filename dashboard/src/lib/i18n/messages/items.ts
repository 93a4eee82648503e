/** A dot or colon, or a zero-width space, is where a column head may break. Names of the known scoring items; an item of another rule set shows the name its rule set gives it. */
export const items = {
  'item.login.short': ['平台登陆', 'Login'],
  'item.claim.short': ['证照联动·认领', 'Licence: claims'],
  'item.feedback.short': ['证照联动·反馈', 'Licence: feedback'],
  'item.licence.short': ['证照联动·许可录入', 'Licence: entries'],
  'item.dishonest.short': ['失信联合\u200b惩戒', 'Dishonest subjects'],
  'item.unlicensed.short': ['无证无照', 'Unlicensed'],
  'item.dr_single.short': ['双随机·单部门', 'Random checks: single'],
  'item.dr_joint.short': ['双随机·跨部门', 'Random checks: joint'],
  'item.dr_publish.short': ['双随机·回填公示', 'Random checks: published'],
  'item.meeting.short': ['会议·材料', 'Meetings, materials'],
} as const;
