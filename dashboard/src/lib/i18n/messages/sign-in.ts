export const signIn = {
  'sign_in.title': ['登录', 'Sign in'],
  'sign_in.how': ['本系统用一次性登录链接登录，不设口令。', 'Sign-in is by a one-time link; there are no passwords.'],
  'sign_in.first': [
    '首次启动时，链接显示在运行 npm start 的终端上。',
    'At the first start the link is printed on the terminal that runs npm start.',
  ],
  'sign_in.later': [
    '以后需要登录时，请系统管理员运行下面的命令，为您生成新链接：',
    'Later, ask the administrator to make you a new link with this command:',
  ],
  'sign_in.command': ['npm run --silent hengjian -- user link 账号名', 'npm run --silent hengjian -- user link NAME'],
  'sign_in.as': ['以“{account}”的身份登录', 'Sign in as {account}'],
  'sign_in.instead': [
    '目前以“{account}”的身份登录；使用此链接后将换为下面的账号。',
    'You are signed in as {account}; this link changes that to the account below.',
  ],
  'sign_in.asked': ['登录后将打开您要看的页面。', 'After signing in, the page you asked for opens.'],
  'sign_in.once': ['此链接只能使用一次。', 'This link works once.'],
  'sign_in.unknown': ['登录链接无效', 'This sign-in link is not valid'],
  'sign_in.unknown.why': [
    '链接不完整，或者不是本系统生成的。',
    'It is incomplete, or was not made by this installation.',
  ],
  'sign_in.used': ['登录链接已经用过', 'This sign-in link has been used'],
  'sign_in.used.why': [
    '每个链接只能使用一次。如果不是您本人使用的，请立即告知系统管理员。',
    'Each link works once. If it was not you who used it, tell the administrator at once.',
  ],
  'sign_in.expired': ['登录链接已过期', 'This sign-in link has expired'],
  'sign_in.expired.why': ['链接自生成起{hours}小时内有效。', 'A link is valid for {hours} hours.'],
  'sign_in.disabled': ['账号已停用', 'This account is disabled'],
  'sign_in.disabled.why': ['请联系系统管理员。', 'Please ask the administrator.'],
  'sign_in.signed_in': ['您已经以“{account}”的身份登录。', 'You are signed in as {account}.'],
} as const;
