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
  'sign_in.embedded': ['登录链接只能作为页面打开。', 'A sign-in link is opened as a page.'],
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
  'sign_in.oidc': ['用统一身份认证登录', 'Sign in with your organisation’s account'],
  'sign_in.oidc.host': ['将转到 {host} 确认身份。', '{host} confirms who you are.'],
  'sign_in.oidc.or': ['或者用一次性登录链接', 'Or by a one-time link'],
  'sign_in.oidc.none': [
    '本系统未启用统一身份认证登录。',
    'Signing in with an account of the organisation is not set up here.',
  ],
  'sign_in.oidc.away': [
    '身份认证服务 {host} 暂时没有应答，无法确认您的身份。',
    'The identity provider {host} does not answer, so it cannot confirm who you are.',
  ],
  'sign_in.oidc.away.way_out': [
    '请稍后重试；急用时请系统管理员生成一次性登录链接。',
    'Try again later; if it is urgent, ask the administrator for a one-time sign-in link.',
  ],
  'sign_in.oidc.cancelled': ['您在 {host} 取消了登录。', 'You cancelled signing in at {host}.'],
  'sign_in.oidc.stale': [
    '这次登录已过期、已经用过，或者不是在此浏览器开始的。',
    'This sign-in has expired, was used already, or was not begun in this browser.',
  ],
  'sign_in.oidc.refused': [
    '{host} 的答复未通过核验，登录未完成。',
    'The answer of {host} did not stand up to the checks; you are not signed in.',
  ],
  'sign_in.oidc.unnamed': [
    '{host} 没有给出“{claim}”，无法知道您是哪个账号。',
    '{host} did not name your {claim}, so your account cannot be known.',
  ],
  'sign_in.oidc.unnamed.way_out': [
    '请把这句话转告系统管理员：需在身份认证服务中提供此项，或改设 HENGJIAN_OIDC_CLAIM。',
    'Pass this sentence on to the administrator: the provider has to send it, or HENGJIAN_OIDC_CLAIM has to name another.',
  ],
  'sign_in.oidc.stranger': [
    '{host} 确认您是“{value}”，但本系统没有以此命名的启用账号。',
    '{host} confirms that you are “{value}”, but no account in force here has that name.',
  ],
  'sign_in.oidc.stranger.way_out': [
    '请系统管理员建立或启用名为“{value}”的账号。',
    'Ask the administrator to make, or enable, an account of the name “{value}”.',
  ],
  'sign_in.oidc.again': ['请从登录页重新开始。', 'Begin again on the sign-in page.'],
} as const;
