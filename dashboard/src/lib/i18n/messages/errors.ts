export const errors = {
  'error.home': ['返回首页', 'Back to the start page'],
  'error.retry': ['重试', 'Try again'],
  'error.request_id': ['请求编号 {id}', 'Request {id}'],
  'error.title.401': ['请先登录', 'Please sign in'],
  'error.title.403': ['没有权限', 'Not allowed'],
  'error.title.429': ['请稍后再试', 'Please wait'],
  'error.too_many': [
    '来自您所在网络地址的无效登录链接、密钥或会话过多，请在{minutes}分钟后再试。',
    'Too many wrong links, keys or sessions came from your address; try again in {minutes} minutes.',
  ],
  'error.title.404': ['没有找到', 'Not found'],
  'error.title.500': ['出错了', 'Something went wrong'],
  'error.title.503': ['暂时不可用', 'Not available right now'],
  'error.unexpected': [
    '服务器在处理这个页面时出错，错误已经记入日志。',
    'The server failed on this page; the error has been logged.',
  ],
  'error.unexpected.way_out': [
    '请稍后重试；若仍然出错，请把请求编号告诉系统管理员。',
    'Try again in a moment; if it fails again, give the administrator the request number.',
  ],
  'error.warehouse': ['数据仓库暂时没有应答。', 'The warehouse does not answer at the moment.'],
  'error.warehouse.way_out': [
    '它通常会在几秒内自行恢复，本页会随之更新。',
    'It usually recovers within seconds; try again then.',
  ],
  'error.parameter': [
    '地址中的参数 {name} 不正确：“{value}”（应为 {is}）。',
    'The parameter {name} of the address must be {is}, not “{value}”.',
  ],
  'error.parameter.twice': [
    '地址中的参数 {name} 出现了多次，只能有一个；请删去多余的后重试。',
    'The parameter {name} stands in the address several times; leave one and try again.',
  ],
  'error.form': ['表单无法读取，请重新填写后提交。', 'The form cannot be read; fill it in and send it again.'],
  'error.no_page': ['没有这个页面：{path}', 'There is no page {path}.'],
  'error.role': ['您的角色（{roles}）不能查看“{path}”。', 'Your role ({roles}) may not see {path}.'],
  'error.role.way_out': [
    '如确有需要，请联系系统管理员调整角色。',
    'If you need it, ask the administrator for another role.',
  ],
  'error.sign_in': ['需要登录后才能查看。', 'You have to sign in to see this.'],
  'error.unknown_ruleset': [
    '没有按评分办法“{ruleset}”计算的分数，可选的有：{known}。',
    'No scores are kept under the rule set “{ruleset}”; there are {known}.',
  ],
  'error.unknown_quarter': ['没有 {quarter} 的评分。', 'There are no scores for {quarter}.'],
  'error.unknown_quarter.way_out': [
    '请在选择框中选择一个有数据的期间。',
    'Choose a period that has data in the picker.',
  ],
  'error.unknown_unit': ['{quarter} 没有单位“{unit}”的评分。', 'There is no unit {unit} in {quarter}.'],
  'error.unknown_item': ['单位“{unit}”没有评分项“{item}”。', 'The unit {unit} has no item {item}.'],
  'error.forbidden': ['您的账号不能查看单位“{unit}”的明细。', 'Your account may not see the details of {unit}.'],
  'error.forbidden.way_out': [
    '成员单位只能查看本单位的得分明细。',
    'A member unit sees the details of its own scores only.',
  ],
} as const;
