import { AnyText, type EventFamily, Flag, fixed, Lenient, named, Text, Whole } from '../event-type.ts';

export const platformUse: EventFamily = {
  family: 'platform-use',
  title: { zh: '平台使用', en: 'Use of the platform' },
  types: [
    fixed('login.succeeded', '平台登录', 'A person signed in', '002 item 1; 000', { account: Text('account') }),
    named('account.provisioned', '权限开通', 'An account was opened', '001', { unit: 'unit', role: 'role' }),
    named('training.held', '培训', 'A training took place', '001, 004', { unit: 'unit', n: 'number of people' }),
    named('mobile_inspection.used', '移动执法', 'The mobile application was used', '001', { task_id: 'task' }),
    named(
      'verify.queried',
      '在线查询验证',
      'Someone verified a subject on line',
      '000, 003',
      {
        purpose: 'purpose, such as bidding or procurement',
        hit: Lenient(Flag('whether something was found')),
      },
      'optional',
    ),
    named(
      'quality.checked',
      '数据质量检查',
      'A data-quality rule was run',
      '003, 004',
      {
        rule_id: Lenient(AnyText('rule')),
        n: Lenient(Whole('rows looked at')),
        failed: Lenient(Whole('rows that failed, at most n')),
      },
      'free',
      { actor: 'office' },
    ),
  ],
};
