/** One's own account. */
export const account = {
  'account.title': ['我的账号', 'My account'],
  'account.may': ['您可以', 'You may'],
  'account.role': ['{role}：{may}', '{role}: {may}'],
  'account.reach': ['范围', 'Scope'],
  'account.change': [
    '角色和范围由系统管理员设置；需要变更时，请联系系统管理员。',
    'Roles and scope are set by an administrator; ask one to change them.',
  ],
  'account.sessions': ['登录情况', 'Where you are signed in'],
  'account.sessions.caption': [
    '由近及远；“最近使用”精确到5分钟',
    'The latest first; “last used” is exact to five minutes',
  ],
  'account.sessions.this': ['本次登录', 'this one'],
  'account.sessions.unknown': [
    '如有您不认识的登录，请立即退出该登录，并告知系统管理员。',
    'If you do not know one of them, end it at once and tell the administrator.',
  ],
  'account.end': ['退出此登录', 'End'],
  'account.end.which': ['{since} 起的登录', 'the one since {since}'],
  'account.end.done': ['该登录已退出。', 'That session has ended.'],
  'account.end.none': ['没有这个登录，或者已经退出。', 'There is no such session, or it has ended.'],
  'account.others': ['退出其他登录', 'End all others'],
  'account.others.what': ['只保留本次登录。', 'Only this one goes on.'],
  'account.others.done': ['其他登录已全部退出。', 'All others have ended.'],
  'account.everywhere': ['全部退出', 'Sign out everywhere'],
  'account.everywhere.what': [
    '退出包括本次在内的全部登录，未使用的登录链接一并作废。',
    'Ends all sessions, this one too, and unused sign-in links.',
  ],
} as const;
